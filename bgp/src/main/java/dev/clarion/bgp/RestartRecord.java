package dev.clarion.bgp;

import dev.clarion.net.AddressSyntaxException;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which sessions there are, for the process after this one: {@link BgpListener#restartRecordChanged} hands it out, the
 * owner keeps it where a restart finds it and a reboot may, too.
 *
 * @param bootId the kernel's identity of the boot that the sessions belong to
 * @param sessions those that were up and have not been given up since
 */
public record RestartRecord(String bootId, List<Held> sessions) {
    /** Longest text that is read, in characters: a record of some thousand peers. */
    public static final int LONGEST = 1 << 18;

    private static final String HEAD = "clarion-bgp-sessions 1";
    private static final Pattern BOOT = Pattern.compile("boot ([0-9a-f-]{1,64})");
    private static final Pattern SESSION = Pattern.compile("session (\\d{1,10}) ([0-9.]{7,15}) (\\S.*)");
    private static final String END = "end";

    /**
     * A session that was up.
     *
     * @param peer the peer's name
     * @param localAs our AS number in it
     * @param routerId our BGP Identifier in it
     */
    public record Held(String peer, long localAs, Ip routerId) {}

    /** Takes a sorted copy of the list. */
    public RestartRecord {
        sessions = sessions.stream().sorted(Comparator.comparing(Held::peer)).toList();
    }

    /** A few lines of text, the last of which shows that none is missing. */
    public String encode() {
        StringBuilder text = new StringBuilder(HEAD + "\nboot " + bootId + "\n");
        for (Held held : sessions) {
            text.append("session ")
                    .append(held.localAs())
                    .append(' ')
                    .append(held.routerId())
                    .append(' ')
                    .append(held.peer())
                    .append('\n');
        }
        return text.append(END).append('\n').toString();
    }

    /** Reads what {@link #encode} wrote; empty for anything else, as of another version or half a file. */
    public static Optional<RestartRecord> decode(String text) {
        List<String> lines = text.length() > LONGEST ? List.of() : text.lines().toList();
        if (lines.size() < 3
                || !lines.getFirst().equals(HEAD)
                || !lines.getLast().equals(END)) {
            return Optional.empty();
        }
        Matcher boot = BOOT.matcher(lines.get(1));
        List<Held> sessions = new ArrayList<>();
        for (String line : lines.subList(2, lines.size() - 1)) {
            held(line).ifPresent(sessions::add);
        }
        return boot.matches() && sessions.size() == lines.size() - 3
                ? Optional.of(new RestartRecord(boot.group(1), sessions))
                : Optional.empty();
    }

    private static Optional<Held> held(String line) {
        Matcher matcher = SESSION.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            long as = Long.parseLong(matcher.group(1));
            Ip routerId = Ip.parse(matcher.group(2));
            return as >= 1 && as <= 0xffff_ffffL
                    ? Optional.of(new Held(matcher.group(3), as, routerId))
                    : Optional.empty();
        } catch (AddressSyntaxException bad) {
            return Optional.empty();
        }
    }
}
