package dev.clarion.e2e.client.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Draws runs: one letter a request, 5 ms apart. {@code .} answered in 1 ms by node a, {@code b} by node b, {@code s} slowly (60 ms),
 * {@code x} lost, {@code f} refused, {@code r} reset, {@code c} closed, {@code u} unreachable, {@code -} skipped since the client
 * was late, {@code 2} answered twice, {@code t} answered, sent 6 ms late. Times begin at 1000 ms.
 */
final class Runs {
    static final long MS = 1_000_000;
    static final long INTERVAL = 5 * MS;
    static final long BASE = 1000 * MS;

    private Runs() {}

    static List<Sample> drawn(String picture) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < picture.length(); i++) {
            samples.add(sample(i, picture, picture.charAt(i)));
        }
        return samples;
    }

    static Analysis analysed(String picture) {
        return Analysis.of(drawn(picture), INTERVAL);
    }

    private static Sample sample(int seq, String picture, char letter) {
        return switch (letter) {
            case '.' -> answered(seq, 0, 1, "a", Outcome.OK, 0);
            case 'b' -> answered(seq, 0, 1, "b", Outcome.OK, 0);
            case 's' -> answered(seq, 0, 60, "a", Outcome.LATE, 0);
            case '2' -> answered(seq, 0, 1, "a", Outcome.OK, 1);
            case 't' -> answered(seq, 6, 1, "a", Outcome.OK, 0);
            case 'x' -> failed(seq, due(seq), Outcome.LOST);
            case 'f' -> failed(seq, due(seq), Outcome.REFUSED);
            case 'r' -> failed(seq, due(seq), Outcome.RESET);
            case 'c' -> failed(seq, due(seq), Outcome.CLOSED);
            case 'u' -> failed(seq, due(seq), Outcome.UNREACHABLE);
            case '-' -> failed(seq, noticed(seq, picture), Outcome.SKIPPED);
            default -> throw new IllegalArgumentException("no such letter: " + letter);
        };
    }

    private static long due(int seq) {
        return BASE + seq * INTERVAL;
    }

    /** The client notices what it skipped half a millisecond after the slot behind it, so that the last one skipped is late by that much. */
    private static long noticed(int seq, String picture) {
        int next = seq;
        while (next < picture.length() && picture.charAt(next) == '-') {
            next++;
        }
        return due(next) + MS / 2;
    }

    private static Sample answered(int seq, long lateMs, long afterMs, String node, Outcome outcome, int duplicates) {
        long sent = due(seq) + lateMs * MS;
        Responder who = new Responder(node, node + "-pod");
        return new Sample(seq, due(seq), sent, sent + afterMs * MS, Optional.of(who), outcome, duplicates);
    }

    private static Sample failed(int seq, long sent, Outcome outcome) {
        return new Sample(seq, due(seq), sent, 0, Optional.empty(), outcome, 0);
    }
}
