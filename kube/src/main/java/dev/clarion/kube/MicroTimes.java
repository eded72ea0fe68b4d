package dev.clarion.kube;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/** The one form of time that the API server takes where it wants microseconds. */
final class MicroTimes {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private MicroTimes() {}

    static String text(TemporalAccessor moment) {
        return FORM.format(moment);
    }
}
