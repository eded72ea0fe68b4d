/**
 * The bytes of rtnetlink (rtnetlink(7), {@code include/uapi/linux/rtnetlink.h}): requests for dumps, and the messages
 * about links, addresses and default routes. Pure: no length in the bytes is trusted, and nothing here talks to the kernel.
 */
@NullMarked
package dev.clarion.linux.wire;

import org.jspecify.annotations.NullMarked;
