package dev.clarion.arpndp;

import java.io.IOException;

/** Frames in and out of one interface. Everything but {@link #receive} may be called from any thread. */
interface FrameChannel extends AutoCloseable {

    /** Opens channels; the seam between this module and the library that does the input and output. */
    @FunctionalInterface
    interface Opener {

        /**
         * Opens the interface of that name.
         *
         * @throws IOException with a message that tells what to do
         */
        FrameChannel open(String interfaceName) throws IOException;
    }

    /** Takes received frames; must not throw. */
    @FunctionalInterface
    interface Receiver {

        /**
         * A frame came in.
         *
         * @param frame from its Ethernet header on
         * @param ageNanos how long ago the kernel received it, in ns
         */
        void received(byte[] frame, long ageNanos);
    }

    /**
     * Hands on what comes in, until {@link #stop}.
     *
     * @throws IOException if the interface broke
     */
    void receive(Receiver receiver) throws IOException;

    /** Ends {@link #receive}, also if it has not begun yet. */
    void stop();

    /** Sends one frame. */
    void send(byte[] frame) throws IOException;

    /** How many frames the kernel dropped because they were not read in time; 0 if that is not known. */
    long lost();

    /** Closes; only when {@link #receive} has returned. */
    @Override
    void close();
}
