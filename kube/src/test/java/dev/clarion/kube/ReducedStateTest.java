package dev.clarion.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReducedStateTest {
    private static final ObjectKey A = new ObjectKey("ns", "a");
    private static final ObjectKey B = new ObjectKey("ns", "b");
    private final ReducedState<String> state = new ReducedState<>();

    @Test
    void whatDoesNotChangeTheRecordIsNoChange() {
        assertThat(state.put(A, Optional.of("x"))).isTrue();
        assertThat(state.put(A, Optional.of("x"))).isFalse();
        assertThat(state.put(B, Optional.empty())).isFalse();
        assertThat(state.replace(Map.of(A, "x"))).isFalse();
        assertThat(state.put(A, Optional.empty())).isTrue();
    }

    @Test
    void aSnapshotStaysAsItWas() {
        state.put(A, Optional.of("x"));
        Map<ObjectKey, String> before = state.snapshot();
        state.replace(Map.of(B, "y"));
        assertThat(before).containsOnly(Map.entry(A, "x"));
        assertThat(state.snapshot()).containsOnly(Map.entry(B, "y"));
        assertThatThrownBy(() -> before.put(B, "z")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void twoLooksWithoutAChangeCostOneCopy() {
        state.put(A, Optional.of("x"));
        assertThat(state.snapshot()).isSameAs(state.snapshot());
    }
}
