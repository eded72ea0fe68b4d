package dev.clarion.architecture.breach.kube.inner;

import dev.clarion.architecture.breach.kube.CycleThere;
import java.util.List;

/** Breach, with {@link CycleThere}. */
public record CycleBack(List<CycleThere> there) {}
