package dev.clarion.e2e.client;

import java.io.IOException;
import java.nio.channels.Channel;
import org.jspecify.annotations.Nullable;

/** Closing, which may fail and must not stop a measurement. */
final class Channels {
    private Channels() {}

    static void close(@Nullable Channel channel, Notes notes) {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            notes.add("close", e);
        }
    }
}
