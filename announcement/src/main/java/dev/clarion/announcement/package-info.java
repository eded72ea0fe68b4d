/**
 * Which node announces which address, and why. {@code Announcement.decide(view, now)} is pure: it turns what a node
 * sees into an intent for layer 2 and for BGP, with a reason for every node.
 */
@NullMarked
package dev.clarion.announcement;

import org.jspecify.annotations.NullMarked;
