/**
 * The edge to the Kubernetes API that both programs share: reduced watches, events, leader election,
 * compare-and-swap on ConfigMaps.
 */
@NullMarked
package dev.clarion.kube;

import org.jspecify.annotations.NullMarked;
