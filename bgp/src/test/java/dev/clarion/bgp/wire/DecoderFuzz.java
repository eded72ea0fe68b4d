package dev.clarion.bgp.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * The decoders before Jazzer, which looks for input that breaks them. No part of an ordinary run, since Jazzer changes
 * classes under the feet of other tests; {@link DecoderFuzzTest} replays the corpus then. To look for more, one at a time:
 * {@code JAZZER_FUZZ=1 build-support/mvn -pl bgp -am test -Dtest=DecoderFuzz#update -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class DecoderFuzz {
    @FuzzTest
    void open(byte[] input) {
        DecoderTargets.of("open").accept(input);
    }

    @FuzzTest
    void update(byte[] input) {
        DecoderTargets.of("update").accept(input);
    }

    @FuzzTest
    void notification(byte[] input) {
        DecoderTargets.of("notification").accept(input);
    }

    @FuzzTest
    void routeRefresh(byte[] input) {
        DecoderTargets.of("routeRefresh").accept(input);
    }

    @FuzzTest
    void message(byte[] input) {
        DecoderTargets.of("message").accept(input);
    }

    @FuzzTest
    void capability(byte[] input) {
        DecoderTargets.of("capability").accept(input);
    }
}
