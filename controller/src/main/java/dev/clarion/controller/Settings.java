package dev.clarion.controller;

import dev.clarion.controller.metallb.MetallbSettings;
import dev.clarion.kube.LeaderElection;
import java.net.InetSocketAddress;

/**
 * What a controller is started with.
 *
 * @param namespace where Clarion lives
 * @param ourClass the load balancer class that is ours
 * @param metallb what is read of MetalLB
 * @param election who leads
 * @param probes where to serve probes and state
 * @param metrics where to serve metrics
 * @param version of this program
 */
record Settings(
        String namespace,
        String ourClass,
        MetallbSettings metallb,
        LeaderElection.Settings election,
        InetSocketAddress probes,
        InetSocketAddress metrics,
        String version) {}
