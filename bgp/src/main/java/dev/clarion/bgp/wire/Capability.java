package dev.clarion.bgp.wire;

/** What a speaker says it can do (RFC 5492 section 4): one octet code, one octet length, value. */
public sealed interface Capability permits Capability.Simple, ExtendedNextHop, GracefulRestart, LongLivedRestart {
    /** The longest value that the length octet can tell of. */
    int MAX_VALUE = 255;

    /** The code. */
    int code();

    /** Appends the value. */
    void writeValue(Writer out);

    /** Those whose value is a number or nothing at all, and those that we know nothing of. */
    sealed interface Simple extends Capability {}

    /** Code 1: the speaker exchanges routes of this family (RFC 4760 section 8). */
    record MultiProtocol(Family family) implements Simple {
        static final int CODE = 1;

        @Override
        public int code() {
            return CODE;
        }

        @Override
        public void writeValue(Writer out) {
            out.u16(family.afi()).u8(0).u8(family.safi());
        }

        static MultiProtocol read(Reader value) throws DecodeException {
            int afi = value.u16();
            value.u8();
            return new MultiProtocol(new Family(afi, value.u8()));
        }
    }

    /** Code 2: the speaker answers ROUTE-REFRESH (RFC 2918 section 2). */
    record CanRouteRefresh() implements Simple {
        static final int CODE = 2;

        /** The code that some routers used before there was a standard. */
        static final int OLD_CODE = 128;

        @Override
        public int code() {
            return CODE;
        }

        @Override
        public void writeValue(Writer out) {
            // The code says it all.
        }
    }

    /** Code 6: the speaker takes messages of up to 65535 octets (RFC 8654 section 3). */
    record ExtendedMessage() implements Simple {
        static final int CODE = 6;

        @Override
        public int code() {
            return CODE;
        }

        @Override
        public void writeValue(Writer out) {
            // The code says it all.
        }
    }

    /**
     * Code 9: what the speaker is to its peer (RFC 9234 section 4.1).
     *
     * @param number 0 to 4, or one that nobody has been given (section 4.1, table 1)
     */
    record OfRole(int number) implements Simple {
        static final int CODE = 9;

        @Override
        public int code() {
            return CODE;
        }

        @Override
        public void writeValue(Writer out) {
            out.u8(number);
        }

        static OfRole read(Reader value) throws DecodeException {
            return new OfRole(value.u8());
        }
    }

    /** Code 65: the speaker reads four-octet AS numbers; this is its own (RFC 6793 section 3). */
    record FourOctetAs(long as) implements Simple {
        static final int CODE = 65;

        @Override
        public int code() {
            return CODE;
        }

        @Override
        public void writeValue(Writer out) {
            out.u32(as);
        }

        static FourOctetAs read(Reader value) throws DecodeException {
            return new FourOctetAs(value.u32());
        }
    }

    /** Code 70: the speaker marks where a refresh begins and ends (RFC 7313 section 3.1). */
    record EnhancedRefresh() implements Simple {
        static final int CODE = 70;

        @Override
        public int code() {
            return CODE;
        }

        @Override
        public void writeValue(Writer out) {
            // The code says it all.
        }
    }

    /** Any other, or one that we know with a value it cannot have: noted and ignored (RFC 5492 section 3). */
    record Other(int code, Bytes value) implements Simple {
        @Override
        public void writeValue(Writer out) {
            out.bytes(value);
        }
    }

    /** Appends code, length and value. Throws IllegalArgumentException when the value is longer than there is room for. */
    default void write(Writer out) {
        out.u8(code()).u8(0);
        int start = out.length();
        writeValue(out);
        int length = out.length() - start;
        if (length > MAX_VALUE) {
            throw new IllegalArgumentException("capability " + code() + " with a value of " + length + " octets");
        }
        out.putU8(start - 1, length);
    }

    /** Reads one capability. A value that its code cannot have makes it one that we do not know. */
    static Capability read(Reader in) throws DecodeException {
        int code = in.u8();
        Reader value = in.slice(in.u8());
        int length = value.remaining();
        boolean fits = switch (code) {
            case MultiProtocol.CODE, FourOctetAs.CODE -> length == 4;
            case CanRouteRefresh.CODE, ExtendedMessage.CODE, EnhancedRefresh.CODE -> length == 0;
            case OfRole.CODE -> length == 1;
            case ExtendedNextHop.CODE -> ExtendedNextHop.fits(length);
            case GracefulRestart.CODE -> GracefulRestart.fits(length);
            case LongLivedRestart.CODE -> LongLivedRestart.fits(length);
            default -> false;
        };
        if (!fits) {
            return new Other(code, value.rest());
        }
        return switch (code) {
            case MultiProtocol.CODE -> MultiProtocol.read(value);
            case FourOctetAs.CODE -> FourOctetAs.read(value);
            case OfRole.CODE -> OfRole.read(value);
            case CanRouteRefresh.CODE -> new CanRouteRefresh();
            case ExtendedMessage.CODE -> new ExtendedMessage();
            case EnhancedRefresh.CODE -> new EnhancedRefresh();
            case ExtendedNextHop.CODE -> ExtendedNextHop.read(value);
            case GracefulRestart.CODE -> GracefulRestart.read(value);
            case LongLivedRestart.CODE -> LongLivedRestart.read(value);
            default -> throw new IllegalStateException("code " + code + " was just found known");
        };
    }

    /** The octets of this capability alone, as the data of an "unsupported capability" NOTIFICATION lists them. */
    default Bytes encoded() {
        Writer out = new Writer();
        write(out);
        return out.toBytes();
    }
}
