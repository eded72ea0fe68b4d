/**
 * The bytes of what keeps flows: entries of connection tracking ({@code linux/netfilter/nfnetlink_conntrack.h}), the
 * table of nf_tables with its maps ({@code linux/netfilter/nf_tables.h}), rules and routes (rtnetlink(7)). Pure: no
 * length in the bytes is trusted, and nothing here talks to the kernel.
 */
@NullMarked
package dev.clarion.linux.flows.wire;

import org.jspecify.annotations.NullMarked;
