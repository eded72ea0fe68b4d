package dev.clarion.config;

/**
 * A name for a community.
 *
 * @param name unique among communities, without a colon
 * @param value what it stands for
 */
public record CommunityAlias(String name, Community.Value value) implements ConfigEntry {
    @Override
    public Section section() {
        return Section.COMMUNITIES;
    }
}
