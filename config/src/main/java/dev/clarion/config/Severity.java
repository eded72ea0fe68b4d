package dev.clarion.config;

/** What a problem does. */
public enum Severity {
    /** The entry (or, if the problem is of the document, every entry) is not applied in this form. */
    ERROR,
    /** The entry is applied; it probably does not do what was meant. */
    WARNING
}
