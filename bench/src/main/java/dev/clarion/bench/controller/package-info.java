/**
 * The driver of {@code make bench-controller}: the shipped program on a real API server, beside a bare client that makes
 * the same writes on the same machine in the same run.
 */
package dev.clarion.bench.controller;
