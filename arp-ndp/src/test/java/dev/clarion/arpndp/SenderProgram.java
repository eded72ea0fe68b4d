package dev.clarion.arpndp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Sends frames from one interface: one per line, in hexadecimal. */
final class SenderProgram {

    private SenderProgram() {}

    public static void main(String[] arguments) throws IOException {
        try (FrameChannel channel = PcapChannel.open(arguments[0])) {
            System.out.println("ok");
            BufferedReader frames = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = frames.readLine(); line != null; line = frames.readLine()) {
                channel.send(HexFormat.of().parseHex(line));
                System.out.println("ok");
            }
        }
    }
}
