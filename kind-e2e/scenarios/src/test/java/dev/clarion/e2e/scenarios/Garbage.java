package dev.clarion.e2e.scenarios;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.SplittableRandom;

/**
 * A text that is no configuration; each round another one, the same in each run.
 *
 * @param complaint what the controller must say about it
 */
record Garbage(String text, String complaint) {
    private static final int TOO_LONG = 1_000_000;
    private static final int LONG = 900_000;

    /** Empty lines before it, so that each round's complaint is another one. */
    static Garbage notYaml(int round) {
        String text = "\n".repeat(round) + "ipAddressPools: [}{ \t%@\n\t- : : :";
        return new Garbage(text, "config.yaml:" + (round + 1) + ":18: not YAML");
    }

    /** Nine levels of nine references each: 9^9 nodes, if somebody expands them. */
    static Garbage bomb(int round) {
        StringBuilder text = new StringBuilder("a0: &a0 [bomb, round, " + round + "]\n");
        for (int level = 1; level <= 9; level++) {
            String reference = "*a" + (level - 1);
            text.append("a").append(level).append(": &a").append(level).append(" [");
            text.append(String.join(", ", java.util.Collections.nCopies(9, reference)))
                    .append("]\n");
        }
        return new Garbage(text + "ipAddressPools: *a9\n", "more than 20000 values");
    }

    /** As much as the API server takes, or (every other round) a little less than we read, of what YAML gives a meaning. */
    static Garbage large(int round) {
        SplittableRandom random = new SplittableRandom(round);
        String alphabet = "-:[]{}&*#|>!%@`'\" \nabc019";
        int length = round % 2 == 0 ? TOO_LONG : LONG;
        StringBuilder text = new StringBuilder(length).append("[}");
        while (text.length() < length) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return new Garbage(text.toString(), round % 2 == 0 ? "longer than 900 KiB" : "config.yaml:1:2: not YAML");
    }

    /** The ConfigMap with that text, as JSON, which needs no care for indentation. */
    static String configMap(String text) {
        JsonMapper json = new JsonMapper();
        var map = json.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata").put("name", "clarion").put("namespace", Kubectl.NAMESPACE);
        map.putObject("data").put("config.yaml", text);
        return map.toString();
    }
}
