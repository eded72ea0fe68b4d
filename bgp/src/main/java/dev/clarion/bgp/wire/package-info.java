/**
 * BGP-4 messages and the bytes they are: one class per element with encoder and decoder side by side. Works on plain
 * arrays, allocates in proportion to the message, and says what is wrong with one as the NOTIFICATION to send.
 */
@NullMarked
package dev.clarion.bgp.wire;

import org.jspecify.annotations.NullMarked;
