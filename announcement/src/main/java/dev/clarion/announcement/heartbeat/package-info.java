/**
 * What speakers say to each other by UDP: the messages, and their bytes. A datagram is versioned, signed, bound to one
 * run of its sender and to one run of its receiver, and never longer than 1,400 bytes. What is wrong with one is a value
 * ({@link dev.clarion.announcement.heartbeat.DropReason}). Nothing here opens a socket or keeps time.
 */
@NullMarked
package dev.clarion.announcement.heartbeat;

import org.jspecify.annotations.NullMarked;
