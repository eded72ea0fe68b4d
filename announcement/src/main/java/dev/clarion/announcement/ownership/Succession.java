package dev.clarion.announcement.ownership;

/**
 * Who is to have an address, as this node sees it.
 *
 * @param first who comes first; empty if there is nobody
 * @param size how many could have it
 * @param rank this node's place among them, from zero; below zero if it is none of them
 */
record Succession(String first, int size, int rank) {
    static final Succession NONE = new Succession("", 0, -1);
}
