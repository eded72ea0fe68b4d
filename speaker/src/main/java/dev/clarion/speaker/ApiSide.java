package dev.clarion.speaker;

import dev.clarion.kube.EventRecorder;
import dev.clarion.kube.KubeAccess;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.Semaphore;

/**
 * Everything that talks to the API server. Its classes take longest to load, so it is made on a thread of its own
 * while the rest of the program starts.
 */
record ApiSide(
        KubernetesClient client,
        String namespace,
        ApiRequests requests,
        Watches watches,
        OwnObjects objects,
        LeaseRenewal lease,
        EventRecorder events)
        implements AutoCloseable {

    /** @throws dev.clarion.kube.KubeException if there is no way to the API server */
    static ApiSide start(SpeakerOptions options, String version, Semaphore wake) {
        KubernetesClient client = KubeAccess.connect(options.kubeconfig, "clarion-speaker/" + version);
        String namespace = KubeAccess.namespace(options.namespace);
        ApiRequests requests = new ApiRequests(client);
        OwnObjects objects = new OwnObjects(requests, namespace, options.nodeName);
        return new ApiSide(
                client,
                namespace,
                requests,
                new Watches(client, namespace, wake::release),
                objects,
                new LeaseRenewal(objects, options.nodeName),
                new EventRecorder(client, "clarion.dev/speaker", options.nodeName));
    }

    @Override
    public void close() {
        watches.close();
        lease.close();
        events.close();
        client.close();
    }
}
