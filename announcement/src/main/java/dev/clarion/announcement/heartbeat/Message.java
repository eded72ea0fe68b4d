package dev.clarion.announcement.heartbeat;

/** What one speaker says to another. */
public sealed interface Message
        permits Hello,
                Heartbeat,
                SuspectQuestion,
                SuspectAnswer,
                Claim,
                Release,
                TableRequest,
                TablePart,
                Prepare,
                Ready,
                Commit,
                NoMember,
                Stragglers,
                Parcel {
    /** Which message it is. */
    Kind kind();

    /** The body of the datagram, at most {@link Datagrams#MAX_BODY} bytes. */
    byte[] encode();

    /** The messages by their number on the wire: new ones go to the end. */
    enum Kind {
        /** {@link Hello}. */
        HELLO,
        /** {@link Heartbeat}. */
        HEARTBEAT,
        /** {@link SuspectQuestion}. */
        SUSPECT_QUESTION,
        /** {@link SuspectAnswer}. */
        SUSPECT_ANSWER,
        /** {@link Claim}. */
        CLAIM,
        /** {@link Release}. */
        RELEASE,
        /** {@link TableRequest}. */
        TABLE_REQUEST,
        /** {@link TablePart}. */
        TABLE_PART,
        /** {@link Prepare}. */
        PREPARE,
        /** {@link Ready}. */
        READY,
        /** {@link Commit}. */
        COMMIT,
        /** {@link NoMember}. */
        NO_MEMBER,
        /** {@link Stragglers}. */
        STRAGGLERS,
        /** {@link Parcel}. */
        PARCEL;

        Message read(Reader reader) throws Malformed {
            return switch (this) {
                case HELLO -> new Hello();
                case HEARTBEAT -> Heartbeat.read(reader);
                case SUSPECT_QUESTION -> SuspectQuestion.read(reader);
                case SUSPECT_ANSWER -> SuspectAnswer.read(reader);
                case CLAIM -> new Claim(Records.read(reader));
                case RELEASE -> new Release(Records.read(reader));
                case TABLE_REQUEST -> new TableRequest(reader.u64());
                case TABLE_PART -> TablePart.read(reader);
                case PREPARE -> Prepare.read(reader);
                case READY -> Ready.read(reader);
                case COMMIT -> Commit.read(reader);
                case NO_MEMBER -> new NoMember();
                case STRAGGLERS -> Stragglers.read(reader);
                case PARCEL -> Parcel.read(reader);
            };
        }
    }
}
