package dev.clarion.e2e.client;

import java.net.InetAddress;

/** An address to measure, with the text that the user gave for it, which reports repeat. */
record Target(String text, InetAddress address) {}
