/**
 * MetalLB as this cluster has it: its resources and its ConfigMap of old as sources of configuration, whether it runs,
 * and the counters that it would write if it did. {@link dev.clarion.controller.metallb.MetallbSources} is the face.
 */
@NullMarked
package dev.clarion.controller.metallb;

import org.jspecify.annotations.NullMarked;
