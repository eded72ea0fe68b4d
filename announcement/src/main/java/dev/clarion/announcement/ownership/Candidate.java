package dev.clarion.announcement.ownership;

/**
 * A node that could have an address, and what it is measured by.
 *
 * @param fit what it is to all addresses of that kind
 * @param silent whether its gateways are silent, and those of others are not
 * @param fading whether all endpoints that it has are about to leave
 * @param coverage how many Services' addresses of the group it serves
 * @param crowd how many of those that are to be apart from the address it has
 * @param mate whether it has others of the group
 * @param score by its name and the group's first address
 */
record Candidate(
        Fit fit, boolean silent, boolean fading, int coverage, boolean tired, int crowd, boolean mate, long score) {
    String node() {
        return fit.node();
    }

    /** Below zero if this one comes first, whatever the scores. */
    int standing(Candidate other) {
        if (silent != other.silent) {
            return silent ? 1 : -1;
        }
        if (fading != other.fading) {
            return fading ? 1 : -1;
        }
        if (coverage != other.coverage) {
            return other.coverage - coverage;
        }
        if (fit.weight() != other.fit.weight()) {
            return Integer.compare(other.fit.weight(), fit.weight());
        }
        if (tired != other.tired) {
            return tired ? 1 : -1;
        }
        if (crowd != other.crowd) {
            return crowd - other.crowd;
        }
        return mate == other.mate ? 0 : mate ? -1 : 1;
    }

    /**
     * Those who have a gateway first, and those whose endpoints stay; then most of the group, so that both families of a
     * Service sit together; then those whom the configuration prefers; then those who neither are cordoned nor came back
     * lately; then who has fewest of those that are to be apart; then who has others of the group; then by score.
     */
    static int better(Candidate one, Candidate other) {
        int standing = one.standing(other);
        if (standing != 0) {
            return standing;
        }
        int score = Long.compareUnsigned(other.score, one.score);
        return score != 0 ? score : one.node().compareTo(other.node());
    }
}
