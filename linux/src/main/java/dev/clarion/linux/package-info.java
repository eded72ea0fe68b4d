/**
 * The Linux kernel through the foreign-function API: links and their changes by rtnetlink, sysctls, multicast
 * memberships, the boot id.
 */
@NullMarked
package dev.clarion.linux;

import org.jspecify.annotations.NullMarked;
