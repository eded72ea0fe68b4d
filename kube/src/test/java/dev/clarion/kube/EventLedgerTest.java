package dev.clarion.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventLedgerTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private final EventLedger ledger = new EventLedger();

    private static EventLedger.Key key(String service, String note) {
        ObjectRef about = ObjectRef.service(new ObjectKey("ns", service), "uid");
        return new EventLedger.Key(about, EventType.WARNING, "PoolEmpty", "Allocate", note);
    }

    @Test
    void theSameAgainIsCountedAndWrittenOnceIn10Seconds() {
        assertThat(ledger.occurred(key("web", "full"), START)).isPresent();
        for (int second = 1; second <= 9; second++) {
            assertThat(ledger.occurred(key("web", "full"), START.plusSeconds(second)))
                    .isEmpty();
            assertThat(ledger.due(START.plusSeconds(second))).isEmpty();
        }
        assertThat(ledger.due(START.plusSeconds(10))).singleElement().satisfies(series -> {
            assertThat(series.count()).isEqualTo(10);
            assertThat(series.last()).isEqualTo(START.plusSeconds(9));
        });
        assertThat(ledger.due(START.plusSeconds(30))).isEmpty();
    }

    @Test
    void anotherObjectOrAnotherNoteIsAnotherEventOfAnotherName() {
        Set<String> names = new HashSet<>();
        names.add(ledger.occurred(key("web", "full"), START).orElseThrow());
        names.add(ledger.occurred(key("web", "empty"), START).orElseThrow());
        names.add(ledger.occurred(key("db", "full"), START).orElseThrow());
        assertThat(names).hasSize(3).allMatch(name -> name.matches("(web|db)\\.[0-9a-f]+"));
    }

    @Test
    void afterTenQuietMinutesOrWhenTheEventIsGoneItIsANewStory() {
        ledger.occurred(key("web", "full"), START);
        assertThat(ledger.occurred(key("web", "full"), START.plusSeconds(600))).isPresent();
        assertThat(ledger.occurred(key("web", "full"), START.plusSeconds(601))).isEmpty();
        ledger.forget(key("web", "full"));
        assertThat(ledger.occurred(key("web", "full"), START.plusSeconds(602))).isPresent();
    }

    @Test
    void theOldestStoriesAreForgottenAndNotTheMemoryFilled() {
        ledger.occurred(key("first", "full"), START);
        for (int i = 0; i < 2_048; i++) {
            ledger.occurred(key("svc" + i, "full"), START);
        }
        assertThat(ledger.occurred(key("first", "full"), START)).isPresent();
        assertThat(ledger.occurred(key("svc2047", "full"), START)).isEmpty();
    }
}
