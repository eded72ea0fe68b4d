package dev.clarion.bgp.wire;

/** An attribute value that is one number of four octets. */
final class U32 {
    private U32() {}

    static long only(Reader value) throws DecodeException {
        if (value.remaining() != 4) {
            throw new DecodeException(BgpError.ATTRIBUTE_LENGTH_ERROR);
        }
        return value.u32();
    }
}
