package dev.clarion.arpndp;

import java.io.IOException;

/** Receives from one interface, and fails at the first frame; says how that ended. */
final class ThrowingProgram {

    private ThrowingProgram() {}

    public static void main(String[] arguments) throws IOException {
        try (FrameChannel channel = PcapChannel.open(arguments[0])) {
            System.out.println("ok");
            channel.receive((frame, age) -> {
                throw new LinkageError("thrown on purpose");
            });
            System.out.println("returned");
        } catch (IOException told) {
            System.out.println(told.getMessage());
        }
        System.out.println("ok");
    }
}
