package dev.clarion.bench.failover;

import dev.clarion.bench.lab.Burners;
import dev.clarion.bench.lab.Clarion;
import dev.clarion.bench.lab.Lab;
import dev.clarion.bench.lab.Pause;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** What happens to the owner of an address, by the names of the failover table. */
enum Event {
    C("nothing happens (negative control)", 1) {
        @Override
        void play(Scene scene) {
            double seconds = number("CONTROL_SECONDS", 300);
            scene.begin("C", seconds, false);
            scene.at(seconds);
        }
    },
    D("the owner's links are down", 100) {
        @Override
        void play(Scene scene) {
            gone(scene, "D", "N", "down");
        }
    },
    B("the owner is in a black hole, carrier stays", 100) {
        @Override
        void play(Scene scene) {
            gone(scene, "B", "NB", "blackhole");
        }
    },
    K("the owner's speaker is killed", 30) {
        @Override
        void play(Scene scene) {
            ProcessHandle speaker = speaker(scene, scene.victim());
            scene.begin("K", 6, false);
            scene.at(2 + phase());
            scene.lab().signal(speaker, "KILL");
            scene.strike(Pause.now());
            scene.at(6);
        }

        @Override
        void after(Cluster cluster, String victim) {
            cluster.clarion().replaceRestarted(victim);
        }
    },
    S("the owner's speaker is frozen for 5 s", 30) {
        @Override
        void play(Scene scene) {
            ProcessHandle speaker = speaker(scene, scene.victim());
            scene.begin("S", 9, false);
            scene.at(2 + phase());
            scene.lab().signal(speaker, "STOP");
            scene.strike(Pause.now());
            try {
                scene.at(7);
            } finally {
                scene.lab().signal(speaker, "CONT");
            }
            scene.at(9);
        }
    },
    SL("the owner's speaker is frozen for 40 s", 30) {
        @Override
        void play(Scene scene) {
            ProcessHandle speaker = speaker(scene, scene.victim());
            scene.begin("SL", 48, false);
            scene.at(2 + phase());
            scene.lab().signal(speaker, "STOP");
            scene.strike(Pause.now());
            try {
                scene.at(42);
            } finally {
                scene.lab().signal(speaker, "CONT");
            }
            scene.phase("thaw", Pause.now(), moved(scene));
            scene.at(48);
        }

        @Override
        void after(Cluster cluster, String victim) {
            cluster.clarion().replaceRestarted(victim);
        }
    },
    P("the owner gets the label that excludes it", 30) {
        @Override
        void play(Scene scene) {
            scene.begin("P", 7, false);
            scene.at(2 + phase());
            scene.strike(Pause.now());
            scene.lab().kubectl("label", "node", scene.victim(), EXCLUDED + "=");
            scene.at(7);
        }

        @Override
        void after(Cluster cluster, String victim) {
            cluster.lab().kubectl("label", "node", victim, EXCLUDED + "-");
        }
    },
    PD("the owner is drained by kubectl", 30) {
        @Override
        void play(Scene scene) {
            scene.begin("PD", 14, false);
            scene.at(2 + phase());
            scene.strike(Pause.now());
            scene.lab()
                    .kubectl("drain", scene.victim(), "--ignore-daemonsets", "--delete-emptydir-data", "--timeout=60s");
            scene.at(14);
        }

        @Override
        void after(Cluster cluster, String victim) {
            cluster.lab().kubectl("uncordon", victim);
        }
    },
    W("rolling restart of all speakers", 30) {
        @Override
        void play(Scene scene) {
            scene.begin("W", 170, false);
            scene.at(2 + phase());
            scene.strike(Pause.now());
            scene.lab().kubectl("-n", Clarion.NAMESPACE, "rollout", "restart", "daemonset/clarion-speaker");
            scene.cluster().ready();
            Pause.millis(3000);
            scene.stop();
        }
    },
    A("API server away 60 s; meanwhile the owner dies, and a speaker restarts", 30) {
        @Override
        void play(Scene scene) {
            scene.begin("A", 72, false);
            scene.at(2);
            scene.lab().breaks("api");
            scene.at(10 + phase());
            scene.phase("AD", Pause.now(), scene.victim());
            scene.strike(scene.lab().breaks(scene.victim()));
            scene.at(17);
            String owner = moved(scene);
            scene.phase("AN", Pause.now(), owner);
            scene.lab().verb("heal", scene.victim());
            ProcessHandle speaker = speaker(scene, owner);
            scene.at(26);
            scene.phase("AK", Pause.now(), owner);
            scene.lab().signal(speaker, "KILL");
            scene.at(62);
            scene.lab().verb("heal", "api");
            scene.at(72);
            scene.note("speaker of " + owner + " restarted");
        }

        @Override
        void after(Cluster cluster, String victim) {
            Lab.NODES.forEach(cluster.clarion()::replaceRestarted);
        }
    },
    L2("the segment is split: owner and near, the others and the router", 30) {
        @Override
        void play(Scene scene) {
            scene.begin("L2", 11, true);
            scene.at(2 + phase());
            scene.strike(scene.lab().breaks("segment", scene.victim(), "near"));
            scene.at(6);
            scene.phase("L2-heal", Pause.now(), scene.victim());
            scene.lab().verb("heal", "segment");
            scene.strike(Pause.now());
            scene.at(11);
        }
    },
    H("the owner's heartbeats are dropped, all else is not", 30) {
        @Override
        void play(Scene scene) {
            scene.begin("H", 9, false);
            scene.at(2 + phase());
            scene.strike(scene.lab().breaks(scene.victim(), "--how", "heartbeats"));
            scene.at(6);
            scene.phase("H-heal", Pause.now(), moved(scene));
            scene.lab().verb("heal", scene.victim());
            scene.at(9);
        }
    },
    X("a foreign host takes the address", 30) {
        @Override
        void play(Scene scene) {
            scene.begin("X", 24, false);
            scene.at(2 + phase());
            double from = Pause.now();
            List<String> words = new java.util.ArrayList<>(List.of("intruder"));
            words.addAll(scene.cluster().addresses());
            scene.lab().verb(words.toArray(String[]::new));
            scene.strike(from);
            boolean told = Pause.within(
                    15,
                    () -> scene.lab()
                            .kubectl(
                                    "get",
                                    "events.events.k8s.io",
                                    "-A",
                                    "-o",
                                    "jsonpath={range .items[*]}{.reason} {.note}{'\\n'}{end}")
                            .contains("02:00:00:00:50:66"));
            scene.note(told ? "event seen after " + (long) (Pause.now() - from) + " ms" : "NO EVENT in 15 s");
            scene.at(22);
            scene.lab().verb("intruder", "off");
            scene.at(24);
        }

        @Override
        void after(Cluster cluster, String victim) {
            cluster.lab().tries("intruder", "off");
            cluster.lab().kubectl("delete", "events.events.k8s.io", "--all", "-A");
        }
    },
    M("the owner of 500 addresses more has its links down", 30) {
        @Override
        void play(Scene scene) {
            List<String> many = scene.cluster().many(MANY);
            scene.cluster()
                    .gather(scene.victim(), MANY + scene.cluster().addresses().size());
            scene.alsoWatch(many);
            scene.begin("M", 10, false);
            scene.at(2 + phase());
            scene.strike(scene.lab().breaks(scene.victim()));
            scene.at(7);
            scene.phase("NM", Pause.now(), moved(scene));
            scene.lab().verb("heal", scene.victim());
            scene.at(10);
        }

        @Override
        void after(Cluster cluster, String victim) {
            cluster.fewAgain();
        }
    },
    Z("nothing happens: what it costs", 3) {
        @Override
        void play(Scene scene) {
            scene.begin("Z", 62, false);
            scene.at(1);
            Cost before = Cost.of(scene.cluster());
            scene.at(61);
            scene.note(Cost.of(scene.cluster()).since(before));
        }
    },
    V1("keepalived, an advertisement each second: the master's links are down", 30) {
        @Override
        void play(Scene scene) {
            gone(scene, "V1", "V1N", "down");
        }
    },
    V01("keepalived, ten advertisements a second: the master's links are down", 30) {
        @Override
        void play(Scene scene) {
            gone(scene, "V01", "V01N", "down");
        }
    },
    Q("the processor is oversubscribed 16 times", 1) {
        @Override
        void play(Scene scene) {
            double seconds = number("Q_SECONDS", 600);
            scene.begin("Q", seconds, false);
            scene.at(2);
            try (Burners burners =
                    new Burners(scene.lab().root(), 16 * Runtime.getRuntime().availableProcessors())) {
                scene.note(burners.count() + " busy loops");
                scene.at(seconds);
            }
        }
    },
    Q1("1 % of the frames of every node are lost", 1) {
        @Override
        void play(Scene scene) {
            lossy(scene, "Q1", "loss=1");
        }
    },
    Q5("5 % of the frames of every node are lost", 1) {
        @Override
        void play(Scene scene) {
            lossy(scene, "Q5", "loss=5");
        }
    };

    static final String EXCLUDED = "node.kubernetes.io/exclude-from-external-load-balancers";
    private static final int MANY = 500;
    private static final SplittableRandom RANDOM = new SplittableRandom();

    private final String title;
    private final int runs;

    Event(String title, int runs) {
        this.title = title;
        this.runs = runs;
    }

    String title() {
        return title;
    }

    /** How many runs, unless told. */
    int runs() {
        return runs;
    }

    /** Whether it is about keepalived, and then how many seconds lie between two advertisements. */
    Optional<String> keepalived() {
        return this == V1 ? Optional.of("1") : this == V01 ? Optional.of("0.1") : Optional.empty();
    }

    /** Plays it. The scene ends with this. */
    abstract void play(Scene scene);

    /** Undoes what {@link Cluster#settle} does not. */
    void after(Cluster cluster, String victim) {}

    /** Heartbeats come ten times a second; what happens must not happen in step with them. */
    private static double phase() {
        return RANDOM.nextDouble() * 0.1;
    }

    private static double number(String variable, double otherwise) {
        return Optional.ofNullable(System.getenv(variable))
                .map(Double::parseDouble)
                .orElse(otherwise);
    }

    private static void gone(Scene scene, String event, String back, String how) {
        scene.begin(event, 9, false);
        scene.at(2 + phase());
        scene.strike(scene.lab().breaks(scene.victim(), "--how", how));
        scene.at(5);
        scene.phase(back, Pause.now(), moved(scene));
        scene.lab().verb("heal", scene.victim());
        scene.at(9);
    }

    private static void lossy(Scene scene, String event, String how) {
        double seconds = number("Q_SECONDS", 600);
        scene.begin(event, seconds, false);
        scene.at(2);
        Lab.NODES.forEach(node -> scene.lab().breaks(node, "--how", how));
        scene.at(seconds);
    }

    private static String moved(Scene scene) {
        return String.join(
                "+", scene.cluster().owners(scene.cluster().addresses().getFirst()));
    }

    private static ProcessHandle speaker(Scene scene, String node) {
        return scene.cluster().clarion().speaker(node);
    }
}
