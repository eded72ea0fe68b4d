package dev.clarion.architecture.breach.speaker;

import dev.clarion.architecture.breach.bgp.fsm.LogsFromTheStateMachine;

/** Breach: a program that uses the inside of a library. */
public record ReachesIntoALibrary(LogsFromTheStateMachine inside) {}
