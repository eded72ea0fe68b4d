package dev.clarion.e2e.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the running processes may do, as the kernel sees it, not as the manifest says. */
@ExtendWith(OnLab.class)
class AsShippedIT {
    /** For what the overlay of the lab keeps connections with. */
    private static final long NET_ADMIN = 1L << 12;

    private static final long NET_RAW = 1L << 13;
    private static final long SYS_NICE = 1L << 23;
    private static final List<String> CAPABILITY_SETS = List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb");

    @Test
    void theControllerIsNobodyAndMayDoNothing(Lab lab) {
        for (Pod pod : lab.clarion().controllers()) {
            assertThat(pod.status("Uid").split("\\s+")).containsOnly("65532");
            assertThat(pod.status("Gid").split("\\s+")).containsOnly("65532");
            for (String set : CAPABILITY_SETS) {
                assertThat(capabilities(pod, set)).as(set).isZero();
            }
            confined(pod);
        }
    }

    @Test
    void theSpeakerMaySendFramesKeepConnectionsAndSetPrioritiesAndNothingElse(Lab lab) {
        for (Pod pod : lab.clarion().speakers()) {
            for (String set : List.of("CapPrm", "CapEff", "CapBnd")) {
                assertThat(capabilities(pod, set)).as(set).isEqualTo(NET_ADMIN | NET_RAW | SYS_NICE);
            }
            confined(pod);
        }
    }

    /** A cache that does not fit is refused in silence but for the log, and every start takes twice as long. */
    @Test
    void theStartUpCacheFitsTheProgramsItIsShippedWith(Lab lab) {
        Stream.concat(lab.clarion().controllers().stream(), lab.clarion().speakers().stream())
                .forEach(
                        pod -> assertThat(lab.clarion().log(pod)).as(pod.name()).doesNotContain("[aot]"));
    }

    private static void confined(Pod pod) {
        assertThat(pod.mountOptions("/"))
                .as("root of %s", pod.name())
                .hasValueSatisfying(options -> assertThat(options.split(",")).contains("ro"));
        assertThat(pod.status("NoNewPrivs")).isEqualTo("1");
        assertThat(pod.status("Seccomp")).as("seccomp filter").isEqualTo("2");
    }

    @Test
    void theNamespaceSaysWhatItsPodsNeed(Lab lab) {
        JsonNode labels = lab.kubectl()
                .get("namespace", Kubectl.NAMESPACE)
                .path("metadata")
                .path("labels");
        for (String mode : List.of("enforce", "audit", "warn")) {
            assertThat(labels.path("pod-security.kubernetes.io/" + mode).asText())
                    .isEqualTo("privileged");
        }
    }

    private static long capabilities(Pod pod, String set) {
        return Long.parseUnsignedLong(pod.status(set), 16);
    }
}
