package dev.clarion.architecture.breach.net;

import java.net.InetAddress;

/** Breach: a pure room that knows the network. */
public record OpensASocket(InetAddress address) {}
