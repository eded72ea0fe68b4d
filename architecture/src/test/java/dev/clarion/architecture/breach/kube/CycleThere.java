package dev.clarion.architecture.breach.kube;

import dev.clarion.architecture.breach.kube.inner.CycleBack;

/** Breach, with {@link CycleBack}: two packages that need each other. */
public record CycleThere(CycleBack back) {}
