package dev.clarion.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgesTest {
    @Test
    void pathsAreThoseOfTheApi() {
        assertThat(ApiCalls.path(ConfigMap.class, "a")).isEqualTo("/api/v1/namespaces/a/configmaps");
        assertThat(ApiCalls.path(Node.class, "")).isEqualTo("/api/v1/nodes");
        assertThat(ApiCalls.path(Lease.class, "a")).isEqualTo("/apis/coordination.k8s.io/v1/namespaces/a/leases");
    }

    @Test
    void selectorsAreEscaped() {
        WatchScope<ConfigMap> scope =
                new WatchScope<>(ConfigMap.class, "a", Optional.of("clarion"), Optional.of("x in (1, 2)"));
        assertThat(scope.watch("42", 7))
                .isEqualTo("/api/v1/namespaces/a/configmaps?fieldSelector=metadata.name%3Dclarion"
                        + "&labelSelector=x+in+%281%2C+2%29"
                        + "&watch=true&allowWatchBookmarks=true&timeoutSeconds=307&resourceVersion=42");
        assertThat(scope.list(true, "a/b")).endsWith("&limit=500&continue=a%2Fb");
        assertThat(scope.list(false, "")).doesNotContain("limit");
    }

    @Test
    void theNamespaceIsTheFlagThenTheServiceAccountsThenTheDefault(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("namespace");
        assertThat(KubeAccess.namespace(Optional.empty(), file)).isEqualTo("clarion-system");
        Files.writeString(file, "elsewhere\n");
        assertThat(KubeAccess.namespace(Optional.empty(), file)).isEqualTo("elsewhere");
        assertThat(KubeAccess.namespace(Optional.of("asked"), file)).isEqualTo("asked");
    }

    @Test
    void aKubeconfigThatIsNotThereOrIsNotOneSaysWhatToDo(@TempDir Path dir) throws IOException {
        assertThatThrownBy(() -> KubeAccess.connect(Optional.of(dir.resolve("none")), "test"))
                .isInstanceOf(KubeException.class)
                .hasMessageContaining("--kubeconfig");
        Path bad = Files.writeString(dir.resolve("bad"), "\u0000: [");
        assertThatThrownBy(() -> KubeAccess.connect(Optional.of(bad), "test"))
                .isInstanceOf(KubeException.class)
                .hasMessageContaining("not a kubeconfig");
    }

    @Test
    void notesAreCutBetweenCharacters() {
        assertThat(EventRecorder.cut("short", 128)).isEqualTo("short");
        String cut = EventRecorder.cut("a" + "😀".repeat(400), 1_024);
        assertThat(cut.getBytes(StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(1_024)
                .isGreaterThan(1_000);
        assertThat(cut).endsWith("😀…").doesNotContain("?");
    }
}
