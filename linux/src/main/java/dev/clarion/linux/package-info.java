/**
 * The Linux kernel through the foreign-function API: links, gateways and their changes by rtnetlink, which interfaces
 * lead to a segment, sysctls and what is wrong with them, the priority of threads, multicast
 * memberships, the boot id.
 */
@NullMarked
package dev.clarion.linux;

import org.jspecify.annotations.NullMarked;
