package dev.clarion.controller.metallb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.config.MetallbKind;
import dev.clarion.config.MetallbResource;
import dev.clarion.kube.ApiDiscovery.Standing;
import dev.clarion.kube.KubeException;
import dev.clarion.kube.ObjectKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When an object of MetalLB's that is gone counts as gone. */
class KindBookTest {
    private Standing standing = Standing.DEFINED;
    private boolean silent;
    private int asked;

    private final KindBook book = new KindBook(MetallbKind.IP_ADDRESS_POOL, kind -> {
        asked++;
        if (silent) {
            throw new KubeException("Nobody there");
        }
        return standing;
    });

    private static Map<ObjectKey, WatchedResource> pools(String... names) {
        Map<ObjectKey, WatchedResource> pools = new HashMap<>();
        for (String name : names) {
            pools.put(
                    new ObjectKey("metallb-system", name),
                    new WatchedResource(
                            "uid-" + name,
                            new MetallbResource(
                                    MetallbKind.IP_ADDRESS_POOL, "v1beta1", "metallb-system", name, Map.of(), Map.of()),
                            Map.of()));
        }
        return pools;
    }

    @Test
    void anObjectDeletedWhileItsKindStaysIsGone() {
        book.seen(pools("a", "b"), true);
        book.seen(pools("b"), true);
        assertThat(book.doubt()).isEqualTo(KindBook.Doubt.NONE);
        assertThat(book.resources()).isEqualTo(pools("b"));
    }

    @Test
    void objectsThatGoWithTheirKindAreInDoubtUntilTheKindIsBack() {
        book.seen(pools("a", "b"), true);
        standing = Standing.GOING;
        book.seen(pools("b"), true);
        assertThat(book.doubt()).isEqualTo(KindBook.Doubt.NO_KIND);
        book.seen(pools(), true);
        assertThat(book.doubt()).isEqualTo(KindBook.Doubt.NO_KIND);
        standing = Standing.GONE;
        book.seen(pools(), true);
        assertThat(book.doubt()).isEqualTo(KindBook.Doubt.NO_KIND);
        book.look(Optional.empty(), true);
        assertThat(book.doubt()).isEqualTo(KindBook.Doubt.NO_KIND);

        standing = Standing.DEFINED;
        book.seen(pools(), false);
        assertThat(book.doubt()).as("installed a moment ago").isEqualTo(KindBook.Doubt.NEW_KIND);
        book.seen(pools("a"), false);
        assertThat(book.doubt()).isEqualTo(KindBook.Doubt.NEW_KIND);
        book.seen(pools("a"), true);
        assertThat(book.doubt()).as("b was not brought back in time").isEqualTo(KindBook.Doubt.NONE);
    }

    @Test
    void aControllerThatStartsWhileTheKindIsGoingDoesNotTrustWhatIsLeft() {
        standing = Standing.GOING;
        book.seen(pools("b"), true);
        assertThat(book.doubt()).isEqualTo(KindBook.Doubt.NO_KIND);
    }

    @Test
    void beforeTheApiServerHasSaidWhichKindsThereAreNothingIsGone() {
        book.look(Optional.empty(), false);
        assertThat(book.doubt()).isEqualTo(KindBook.Doubt.NOT_LISTED);
    }

    @Test
    void whileNobodyCanSayNothingIsGone() {
        book.seen(pools("a"), true);
        silent = true;
        book.seen(pools(), true);
        assertThat(book.doubt()).isEqualTo(KindBook.Doubt.NOT_TOLD);
        silent = false;
        book.seen(pools(), true);
        assertThat(book.doubt()).isEqualTo(KindBook.Doubt.NONE);
    }

    @Test
    void theKindIsAskedForWhenSomethingIsGoneAndNotOtherwise() {
        book.seen(pools("a"), true);
        assertThat(asked).as("at first").isEqualTo(1);
        book.seen(pools("a", "b"), true);
        book.seen(pools("a", "b", "c"), true);
        assertThat(asked).as("as more come").isEqualTo(1);
        book.seen(pools("a", "b"), true);
        assertThat(asked).as("when one is gone").isEqualTo(2);
        book.seen(pools("a", "b"), true);
        assertThat(asked).as("once it counts as gone").isEqualTo(2);
    }
}
