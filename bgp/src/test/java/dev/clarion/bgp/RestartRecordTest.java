package dev.clarion.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.fsm.Memory;
import dev.clarion.bgp.fsm.PeerAs;
import dev.clarion.bgp.fsm.Restart;
import dev.clarion.net.Ip;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one process leaves to the next, and what that makes of it. */
class RestartRecordTest {
    private static final String BOOT = "0b3c0c1e-1f5c-4f2c-9a51-6a2a6f1f7a10";
    private static final String OTHER_BOOT = "ffffffff-1f5c-4f2c-9a51-6a2a6f1f7a10";
    private static final Ip ID = Ip.parse("10.0.0.2");
    private static final PeerConfig CONFIG = PeerConfig.at(
                    "tor 1", Ip.parse("192.0.2.1"), 4_200_000_000L, new PeerAs.External(), ID)
            .restart(new Restart.Graceful(Restart.DEFAULT_TIME, false))
            .build();
    private static final RestartRecord RECORD = new RestartRecord(
            BOOT,
            List.of(
                    new RestartRecord.Held("tor 1", 4_200_000_000L, ID),
                    new RestartRecord.Held("spine", 1, Ip.parse("255.255.255.255"))));

    @Test
    void whatIsWrittenIsRead() {
        assertThat(RestartRecord.decode(RECORD.encode())).contains(RECORD);
        RestartRecord none = new RestartRecord(BOOT, List.of());
        assertThat(RestartRecord.decode(none.encode())).contains(none);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "clarion-bgp-sessions 1\n",
                "clarion-bgp-sessions 2\nboot 1\nend\n",
                "clarion-bgp-sessions 1\nboot \nend\n",
                "clarion-bgp-sessions 1\nboot 1\nsession 0 10.0.0.2 peer\nend\n",
                "clarion-bgp-sessions 1\nboot 1\nsession 4294967296 10.0.0.2 peer\nend\n",
                "clarion-bgp-sessions 1\nboot 1\nsession 1 10.0.0.256 peer\nend\n",
                "clarion-bgp-sessions 1\nboot 1\nsession 1 10.0.0.2 peer\n",
                "clarion-bgp-sessions 1\nboot 1\nnonsense\nend\n"
            })
    void anythingElseIsNoRecord(String text) {
        assertThat(RestartRecord.decode(text)).isEmpty();
    }

    @Test
    void halfARecordOrAMangledOneIsNoRecordOrTheWholeOne() {
        String text = RECORD.encode();
        for (int cut = 0; cut < text.length() - 1; cut++) {
            assertThat(RestartRecord.decode(text.substring(0, cut)))
                    .as("cut at " + cut)
                    .isEmpty();
        }
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 5_000; round++) {
            StringBuilder mangled = new StringBuilder(text);
            mangled.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
            RestartRecord.decode(mangled.toString())
                    .ifPresent(read -> assertThat(RestartRecord.decode(read.encode()))
                            .as("seed " + seed)
                            .contains(read));
        }
    }

    static Stream<Arguments> verdicts() {
        Optional<RestartRecord> before = Optional.of(RECORD);
        return Stream.of(
                Arguments.of(new RestartFacts(BOOT, before), CONFIG, RestartVerdict.RESTARTED),
                Arguments.of(new RestartFacts(OTHER_BOOT, before), CONFIG, RestartVerdict.REBOOTED),
                Arguments.of(new RestartFacts(BOOT, Optional.empty()), CONFIG, RestartVerdict.FIRST_START),
                Arguments.of(
                        new RestartFacts(BOOT, Optional.of(new RestartRecord(BOOT, List.of()))),
                        CONFIG,
                        RestartVerdict.FIRST_START),
                Arguments.of(
                        new RestartFacts(BOOT, before),
                        CONFIG.but().name("new").build(),
                        RestartVerdict.NO_SESSION_BEFORE),
                Arguments.of(
                        new RestartFacts(BOOT, before),
                        CONFIG.but().routerId(Ip.parse("10.0.0.9")).build(),
                        RestartVerdict.OTHER_IDENTITY),
                Arguments.of(
                        new RestartFacts(BOOT, before),
                        CONFIG.but().localAs(64_512).build(),
                        RestartVerdict.OTHER_IDENTITY),
                Arguments.of(
                        new RestartFacts(BOOT, before),
                        CONFIG.but().restart(new Restart.Off()).build(),
                        RestartVerdict.NOT_ASKED));
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void onlyARestartThatTheKernelDidNotNoticeIsCalledOne(
            RestartFacts facts, PeerConfig config, RestartVerdict verdict) {
        assertThat(RestartVerdict.of(facts, config)).isEqualTo(verdict);
        assertThat(verdict.memory())
                .isEqualTo(verdict == RestartVerdict.RESTARTED ? Memory.RESTARTED : Memory.FIRST_START);
    }
}
