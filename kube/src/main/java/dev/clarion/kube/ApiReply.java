package dev.clarion.kube;

/** What came back from one request. */
sealed interface ApiReply {
    /** The API server answered with an HTTP status and a body. */
    record Answer(int code, String text) implements ApiReply {
        boolean ok() {
            return code >= 200 && code < 300;
        }
    }

    /** Nobody answered in time; whether the request was carried out is not known. */
    record NoAnswer(String why) implements ApiReply {}
}
