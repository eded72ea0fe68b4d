package dev.clarion.config;

import java.util.Optional;

/**
 * Names a Secret; what it holds is never part of a configuration.
 *
 * @param namespace its namespace; empty means Clarion's own
 * @param name its name
 */
public record SecretReference(Optional<String> namespace, String name) {}
