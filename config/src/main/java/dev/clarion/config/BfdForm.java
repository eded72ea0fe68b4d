package dev.clarion.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code bfdProfiles}; intervals are plain numbers of milliseconds, as in MetalLB. */
final class BfdForm implements EntryForm<BfdProfile> {
    static final String RECEIVE_INTERVAL = "receiveInterval";
    static final String TRANSMIT_INTERVAL = "transmitInterval";
    static final String DETECT_MULTIPLIER = "detectMultiplier";
    static final String ECHO_INTERVAL = "echoInterval";
    static final String ECHO_MODE = "echoMode";
    static final String PASSIVE_MODE = "passiveMode";
    static final String MINIMUM_TTL = "minimumTtl";

    private static final int SHORTEST = 10;
    private static final int LONGEST = 60_000;

    private static final List<String> FIELDS = List.of(
            RECEIVE_INTERVAL,
            TRANSMIT_INTERVAL,
            DETECT_MULTIPLIER,
            ECHO_INTERVAL,
            ECHO_MODE,
            PASSIVE_MODE,
            MINIMUM_TTL);

    @Override
    public List<String> fields() {
        return FIELDS;
    }

    @Override
    public Optional<BfdProfile> read(String name, FieldReader fields) {
        return Optional.of(new BfdProfile(
                name,
                interval(fields, RECEIVE_INTERVAL, BfdProfile.DEFAULT_INTERVAL),
                interval(fields, TRANSMIT_INTERVAL, BfdProfile.DEFAULT_INTERVAL),
                fields.number(DETECT_MULTIPLIER, 2, 255, BfdProfile.DEFAULT_MULTIPLIER),
                interval(fields, ECHO_INTERVAL, BfdProfile.DEFAULT_ECHO_INTERVAL),
                fields.bool(ECHO_MODE, false),
                fields.bool(PASSIVE_MODE, false),
                fields.number(MINIMUM_TTL, 1, 254, BfdProfile.DEFAULT_MINIMUM_TTL)));
    }

    private static Duration interval(FieldReader fields, String key, Duration otherwise) {
        return Duration.ofMillis(fields.number(key, SHORTEST, LONGEST, (int) otherwise.toMillis()));
    }

    @Override
    public void write(BfdProfile profile, YamlWriter yaml) {
        interval(yaml, RECEIVE_INTERVAL, profile.receiveInterval(), BfdProfile.DEFAULT_INTERVAL);
        interval(yaml, TRANSMIT_INTERVAL, profile.transmitInterval(), BfdProfile.DEFAULT_INTERVAL);
        number(yaml, DETECT_MULTIPLIER, profile.detectMultiplier(), BfdProfile.DEFAULT_MULTIPLIER);
        interval(yaml, ECHO_INTERVAL, profile.echoInterval(), BfdProfile.DEFAULT_ECHO_INTERVAL);
        if (profile.echoMode()) {
            yaml.plain(ECHO_MODE, true);
        }
        if (profile.passiveMode()) {
            yaml.plain(PASSIVE_MODE, true);
        }
        number(yaml, MINIMUM_TTL, profile.minimumTtl(), BfdProfile.DEFAULT_MINIMUM_TTL);
    }

    private static void interval(YamlWriter yaml, String key, Duration value, Duration otherwise) {
        number(yaml, key, value.toMillis(), otherwise.toMillis());
    }

    private static void number(YamlWriter yaml, String key, long value, long otherwise) {
        if (value != otherwise) {
            yaml.plain(key, value);
        }
    }
}
