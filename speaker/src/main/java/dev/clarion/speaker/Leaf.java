package dev.clarion.speaker;

import dev.clarion.net.Ip;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A map of a tree that was read from a file; what is not as it should be throws IllegalArgumentException. */
record Leaf(Map<?, ?> fields) {
    String text(String name) {
        return optional(name).orElseThrow(() -> new IllegalArgumentException("no " + name));
    }

    Optional<String> optional(String name) {
        return Optional.ofNullable(fields.get(name)).map(String::valueOf);
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(fields.get(name));
    }

    long number(String name) {
        if (fields.get(name) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException("no number " + name);
    }

    Ip ip(String name) {
        return Ip.parse(text(name));
    }

    List<String> texts(String name) {
        return list(name).stream().map(String::valueOf).toList();
    }

    List<Leaf> leaves(String name) {
        return list(name).stream().map(Leaf::of).toList();
    }

    Map<String, String> labels(String name) {
        Map<String, String> labels = new LinkedHashMap<>();
        of(fields.get(name)).fields().forEach((key, value) -> labels.put(String.valueOf(key), String.valueOf(value)));
        return labels;
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    Map<String, Integer> numbers(String name) {
        Leaf of = of(fields.get(name));
        Map<String, Integer> numbers = new LinkedHashMap<>();
        of.fields().keySet().forEach(key -> numbers.put(String.valueOf(key), (int) of.number(String.valueOf(key))));
        return numbers;
    }

    private List<?> list(String name) {
        if (fields.get(name) instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException("no list " + name);
    }

    static Leaf of(@Nullable Object node) {
        if (node instanceof Map<?, ?> map) {
            return new Leaf(map);
        }
        throw new IllegalArgumentException("not a map");
    }
}
