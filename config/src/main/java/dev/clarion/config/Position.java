package dev.clarion.config;

/**
 * A place in a text.
 *
 * @param line from 1; 0 if no place can be told
 * @param column from 1; 0 if no place can be told
 */
public record Position(int line, int column) {
    /** No place that can be told. */
    public static final Position NONE = new Position(0, 0);
}
