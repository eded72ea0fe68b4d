package dev.clarion.controller.metallb;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which Pods answer for Services in MetalLB's name. */
class PodWatchTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            nullValues = "-",
            value = {
                "MetalLB's manifest: controller,app=metallb component=controller,Running,true",
                "MetalLB's manifest: speaker,app=metallb component=speaker,Running,true",
                "its chart: controller,app.kubernetes.io/name=metallb app.kubernetes.io/component=controller,Running,true",
                "labelled MetalLB and no more,app=metallb,Running,true",
                "FRR beside it answers for nobody,app=metallb component=frr-k8s,Running,false",
                "one that waits for a node,app=metallb component=controller,Pending,false",
                "one that ended,app=metallb component=controller,Succeeded,false",
                "one without a status,app=metallb component=controller,-,false"
            })
    void podCounts(String what, String labels, @org.jspecify.annotations.Nullable String phase, boolean counts) {
        Map<String, String> map = new HashMap<>();
        for (String label : labels.split(" ", -1)) {
            map.put(label.substring(0, label.indexOf('=')), label.substring(label.indexOf('=') + 1));
        }
        PodBuilder pod =
                new PodBuilder().withNewMetadata().withName("x").withLabels(map).endMetadata();
        if (phase != null) {
            pod.withNewStatus().withPhase(phase).endStatus();
        }
        assertThat(PodWatch.component(pod.build()).isPresent()).as(what).isEqualTo(counts);
    }
}
