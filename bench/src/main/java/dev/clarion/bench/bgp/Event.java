package dev.clarion.bench.bgp;

import java.io.IOException;
import java.util.Optional;

/** What is measured, by the names of the table. */
enum Event {
    G("last endpoint gone: withdrawal on the router's wire", 100, Optional.of(Settings.PLAIN), Routes::gone),
    R("first endpoint ready: UPDATE on the router's wire", 100, Optional.of(Settings.PLAIN), Routes::ready),
    E("100 configuration changes a second for a minute", 1, Optional.of(Settings.PLAIN), Load::changes),
    KG("a speaker is killed, graceful restart", 30, Optional.of(Settings.RESTARTING), Outages::killed),
    WG("rolling restart of all speakers, graceful restart", 10, Optional.of(Settings.RESTARTING), Outages::rolling),
    F1("the owner's link is cut, BFD 100x3", 30, Optional.of(Settings.watched(100)), Outages::cut),
    F3("the owner's link is cut, BFD 300x3", 30, Optional.of(Settings.watched(300)), Outages::cut),
    SO("soak: churn and edits for SOAK_SECONDS", 1, Optional.of(Settings.RESTARTING), Load::soak),
    M1(
            "memory with 100 Services, 4 peers",
            1,
            Optional.of(Settings.FOUR),
            (site, figures) -> Load.memory(site, figures, 100)),
    M2(
            "memory with 10000 Services, 4 peers",
            1,
            Optional.of(Settings.FOUR),
            (site, figures) -> Load.memory(site, figures, 10_000)),
    T("10000 prefixes to 4 FRR peers in a new process, without the lab", 30, Optional.empty(), (site, figures) -> {
        throw new IllegalStateException("T needs no lab");
    });

    /** How an event is played. */
    interface Play {
        void play(Site site, Figures figures) throws IOException;
    }

    private final String title;
    private final int runs;
    private final Optional<Settings> settings;
    private final Play play;

    Event(String title, int runs, Optional<Settings> settings, Play play) {
        this.title = title;
        this.runs = runs;
        this.settings = settings;
        this.play = play;
    }

    String title() {
        return title;
    }

    /** How many runs, unless told. */
    int runs() {
        return runs;
    }

    /** Whether it is played in the lab. */
    boolean inLab() {
        return settings.isPresent();
    }

    /** Plays it once. */
    void play(Site site, Figures figures) throws IOException {
        settings.ifPresent(site::settings);
        play.play(site, figures);
        figures.add("gaps", site.capture().gaps());
    }
}
