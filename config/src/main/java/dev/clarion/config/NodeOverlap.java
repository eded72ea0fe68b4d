package dev.clarion.config;

import dev.clarion.config.LabelSelector.Operator;
import dev.clarion.config.LabelSelector.Requirement;
import java.util.List;
import java.util.Map;

/** Whether two lists of node selectors select a node in common, as far as that can be told without the nodes. */
enum NodeOverlap {
    /** Every node that one of them selects, or one of its selectors does, is selected by the other too. */
    CERTAIN,
    /** It depends on the labels of the nodes. */
    POSSIBLE,
    /** No node can have the labels that both ask for. */
    NONE;

    static NodeOverlap of(List<LabelSelector> one, List<LabelSelector> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return CERTAIN;
        }
        NodeOverlap most = NONE;
        for (LabelSelector mine : one) {
            for (LabelSelector theirs : other) {
                NodeOverlap overlap = of(mine, theirs);
                if (overlap == CERTAIN) {
                    return CERTAIN;
                } else if (overlap == POSSIBLE) {
                    most = POSSIBLE;
                }
            }
        }
        return most;
    }

    private static NodeOverlap of(LabelSelector one, LabelSelector other) {
        if (contradict(one, other) || contradict(other, one)) {
            return NONE;
        }
        boolean same =
                one.equals(other) || one.equals(LabelSelector.EVERYTHING) || other.equals(LabelSelector.EVERYTHING);
        return same ? CERTAIN : POSSIBLE;
    }

    private static boolean contradict(LabelSelector one, LabelSelector other) {
        for (Map.Entry<String, String> label : one.matchLabels().entrySet()) {
            String theirs = other.matchLabels().get(label.getKey());
            if (theirs != null && !theirs.equals(label.getValue())) {
                return true;
            }
            if (!other.matchExpressions().isEmpty()
                    && refuses(other, label.getKey(), Map.of(label.getKey(), label.getValue()))) {
                return true;
            }
        }
        for (Requirement requirement : one.matchExpressions()) {
            if (requirement.operator() == Operator.IN && allRefused(requirement, other)) {
                return true;
            }
            if (requirement.operator() == Operator.EXISTS && isForbidden(requirement.key(), other)) {
                return true;
            }
        }
        return false;
    }

    private static boolean refuses(LabelSelector selector, String key, Map<String, String> labels) {
        return selector.matchExpressions().stream()
                .anyMatch(requirement -> requirement.key().equals(key) && !requirement.matches(labels));
    }

    private static boolean allRefused(Requirement in, LabelSelector other) {
        return in.values().stream().allMatch(value -> refuses(other, in.key(), Map.of(in.key(), value)));
    }

    private static boolean isForbidden(String key, LabelSelector selector) {
        return selector.matchExpressions().stream()
                .anyMatch(other -> other.key().equals(key) && other.operator() == Operator.DOES_NOT_EXIST);
    }
}
