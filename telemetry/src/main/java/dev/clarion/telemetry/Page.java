package dev.clarion.telemetry;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** One page of an endpoint: from the request's headers to what to answer. */
interface Page extends Function<Headers, Page.Body> {
    /** An answer, complete in memory. */
    final class Body {
        private final int status;
        private final String contentType;
        private final byte[] bytes;

        Body(int status, String contentType, byte[] bytes) {
            this.status = status;
            this.contentType = contentType;
            this.bytes = bytes;
        }

        static Body text(int status, String text) {
            return new Body(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
        }

        int status() {
            return status;
        }

        String contentType() {
            return contentType;
        }

        byte[] bytes() {
            return bytes;
        }
    }
}
