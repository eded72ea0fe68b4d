package dev.clarion.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The published form of a configuration, for key {@code effective.yaml}: the keys of {@code config.yaml}, without what
 * only repeats a default; {@code generation}; {@code source} on entries that do not come from our own ConfigMap; and
 * {@code keptFrom} on entries that are in force in an older form. Names need not follow our own rules.
 */
public final class EffectiveYaml {
    private static final String GENERATION = "generation";
    private static final String KEPT_FROM = "keptFrom";
    private static final String SOURCE = "source";

    private EffectiveYaml() {}

    /** The text of a configuration; equal configurations have equal texts. */
    public static String write(EffectiveConfig effective) {
        StringBuilder text =
                new StringBuilder("# What is in force, written by Clarion's controller. To change it, edit ConfigMap "
                        + Names.CONFIG_MAP + ",\n# or where 'source' says that an entry comes from.\n");
        YamlWriter yaml = YamlWriter.to(text).plain(GENERATION, effective.generation());
        List<ConfigEntry> entries = effective.config().entries();
        for (Section section : Section.values()) {
            List<ConfigEntry> ofSection =
                    entries.stream().filter(entry -> entry.section() == section).toList();
            yaml.items(section.key(), ofSection, (entry, item) -> write(entry, effective, item));
        }
        return text.toString();
    }

    private static void write(ConfigEntry entry, EffectiveConfig effective, YamlWriter yaml) {
        yaml.text(EntryForm.NAME, entry.name());
        Origin origin = effective.origin(entry.key());
        if (!origin.equals(Origin.CONFIG_MAP)) {
            yaml.text(SOURCE, origin.text());
        }
        effective.keptFrom(entry.key()).ifPresent(from -> yaml.plain(KEPT_FROM, from));
        Forms.write(entry, yaml);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws ConfigException if it is anything else: then nobody should act on it
     */
    public static EffectiveConfig read(String yaml) throws ConfigException {
        try {
            Optional<Node> root = TreeBuilder.build(yaml, Limits.PUBLISHED);
            if (root.isEmpty() || !(root.get() instanceof Node.Mapping mapping)) {
                throw new ConfigException(Names.EFFECTIVE_KEY + " is no mapping of lists");
            }
            long generation = number(mapping, GENERATION)
                    .orElseThrow(() -> new ConfigException(Names.EFFECTIVE_KEY + " has no generation"));
            Marks marks = new Marks();
            Config config = config(marks.takenOut(mapping.without(GENERATION)));
            return new EffectiveConfig(generation, config, marks.kept, marks.origins);
        } catch (UnreadableException unreadable) {
            throw refused(unreadable.problem());
        }
    }

    private static Config config(Node.Mapping lists) throws ConfigException, UnreadableException {
        List<Problem> problems = new ArrayList<>();
        Reading.Document document = new DocumentReader(problems, Limits.PUBLISHED).read(lists);
        Reading reading = new Reading(Source.CONFIG_MAP, document, List.of());
        Publication publication = new Resolver(EffectiveConfig.NONE, List.of(reading)).resolve();
        problems.addAll(publication.problems());
        Optional<Problem> error = problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .findFirst();
        if (error.isPresent()) {
            throw refused(error.get());
        }
        return publication.effective().config();
    }

    private static ConfigException refused(Problem problem) {
        return new ConfigException(problem.toString().replaceFirst(Names.CONFIG_KEY, Names.EFFECTIVE_KEY));
    }

    /** What is written beside the fields of entries. */
    private static final class Marks {
        private final Map<EntryKey, Long> kept = new HashMap<>();
        private final Map<EntryKey, Origin> origins = new HashMap<>();

        /** Takes them out of the entries, so that what is left is in the users' own syntax. */
        Node.Mapping takenOut(Node.Mapping root) throws ConfigException {
            List<Node.Field> fields = new ArrayList<>();
            for (Node.Field field : root.fields()) {
                if (!(field.value() instanceof Node.Sequence sequence)) {
                    fields.add(field);
                    continue;
                }
                List<Node> items = new ArrayList<>();
                for (Node item : sequence.items()) {
                    if (item instanceof Node.Mapping entry) {
                        take(field.key(), entry);
                        items.add(entry.without(KEPT_FROM).without(SOURCE));
                    } else {
                        items.add(item);
                    }
                }
                fields.add(
                        new Node.Field(field.position(), field.key(), new Node.Sequence(sequence.position(), items)));
            }
            return new Node.Mapping(root.position(), fields);
        }

        private void take(String list, Node.Mapping entry) throws ConfigException {
            Optional<Long> from = number(entry, KEPT_FROM);
            Optional<Origin> origin = origin(entry);
            Optional<String> name = Forms.nameOf(entry, NameRule.ANY);
            for (Section section : Section.values()) {
                if (section.key().equals(list) && name.isPresent()) {
                    EntryKey key = new EntryKey(section, name.get());
                    from.ifPresent(generation -> kept.put(key, generation));
                    origin.ifPresent(object -> origins.put(key, object));
                }
            }
        }

        private static Optional<Origin> origin(Node.Mapping entry) throws ConfigException {
            Optional<Node.Field> field = entry.first(SOURCE);
            if (field.isEmpty()) {
                return Optional.empty();
            }
            Optional<Origin> origin =
                    field.get().value() instanceof Node.Scalar scalar ? Origin.parse(scalar.text()) : Optional.empty();
            return Optional.of(origin.orElseThrow(() -> malformed(field.get(), "source")));
        }
    }

    private static Optional<Long> number(Node.Mapping mapping, String key) throws ConfigException {
        Optional<Node.Field> field = mapping.first(key);
        if (field.isEmpty()) {
            return Optional.empty();
        }
        if (field.get().value() instanceof Node.Scalar scalar && scalar.text().matches("[0-9]{1,18}")) {
            return Optional.of(Long.parseLong(scalar.text()));
        }
        throw malformed(field.get(), "number");
    }

    private static ConfigException malformed(Node.Field field, String wanted) {
        return new ConfigException(
                Names.EFFECTIVE_KEY + ":" + field.position().line() + " " + field.key() + " is no " + wanted);
    }
}
