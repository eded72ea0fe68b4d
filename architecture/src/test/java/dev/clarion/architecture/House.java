package dev.clarion.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/**
 * The rules that ARCHITECTURE.md states, for the tree of packages under one root.
 *
 * <p>The root is a parameter so that each rule can be shown to fail: {@code HouseTest} holds the real tree to them, and a small tree of
 * deliberate breaches beside it.
 */
final class House {

    /** Which rooms each room may use. A room that is not named here does not exist. */
    private static final Map<String, Set<String>> MAY_USE = new LinkedHashMap<>();

    static {
        MAY_USE.put("net", Set.of());
        MAY_USE.put("config", Set.of("net"));
        MAY_USE.put("allocation", Set.of("net", "config"));
        MAY_USE.put("announcement", Set.of("net", "config"));
        MAY_USE.put("bgp", Set.of("net"));
        MAY_USE.put("arpndp", Set.of("net"));
        MAY_USE.put("linux", Set.of("net"));
        MAY_USE.put("kube", Set.of("net"));
        MAY_USE.put("telemetry", Set.of());
        MAY_USE.put("controller", Set.of("net", "config", "allocation", "kube", "telemetry"));
        MAY_USE.put("speaker", Set.of("net", "config", "announcement", "bgp", "arpndp", "linux", "kube", "telemetry"));
        MAY_USE.put("cli", Set.of("net", "config", "allocation", "announcement", "kube"));
    }

    private static final Set<String> SPOKEN_OUTSIDE = Set.of(
            "dev.clarion.bgp.fsm.FsmState",
            "dev.clarion.bgp.fsm.BgpReason",
            "dev.clarion.bgp.fsm.Feature",
            "dev.clarion.bgp.fsm.TimerKind",
            "dev.clarion.bgp.bfd.fsm.BfdReason",
            "dev.clarion.bgp.bfd.wire.BfdState",
            "dev.clarion.bgp.bfd.wire.Diagnostic",
            "dev.clarion.bgp.bfd.wire.Discard",
            "dev.clarion.bgp.fsm.PeerAs",
            "dev.clarion.bgp.fsm.PeerAs$Exactly",
            "dev.clarion.bgp.fsm.PeerAs$External",
            "dev.clarion.bgp.fsm.PeerAs$Internal",
            "dev.clarion.bgp.fsm.PeerTimes",
            "dev.clarion.bgp.fsm.Role",
            "dev.clarion.bgp.fsm.Roles",
            "dev.clarion.bgp.fsm.Restart",
            "dev.clarion.bgp.fsm.Restart$Off",
            "dev.clarion.bgp.fsm.Restart$Graceful",
            "dev.clarion.bgp.fsm.Restart$LongLived");

    private static final List<String> PURE_ROOMS = List.of("net", "config", "allocation", "announcement");

    private final String root;

    House(String root) {
        this.root = root;
    }

    /** Pure packages decide; they neither talk to the world nor log. */
    ArchRule pureCodeTouchesNothingOutside() {
        return noClasses()
                .that(arePure())
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.fabric8..",
                        "io.netty..",
                        "org.pcap4j..",
                        "com.sun.jna..",
                        "org.slf4j..",
                        "java.net..",
                        "java.nio.channels..",
                        "java.nio.file.."))
                .because("a decision is a value of its inputs (ARCHITECTURE.md, How data flows)");
    }

    /** Time and chance enter pure code as data. */
    ArchRule pureCodeReadsNoClockAndRollsNoDice() {
        return noClasses()
                .that(arePure())
                .should()
                .callMethodWhere(readsTheClock())
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.security.SecureRandom")
                .because("the same view and the same time give the same decision, in production and in a replay");
    }

    ArchRule packagesHaveNoCycles() {
        return slices().assignedFrom(new EachPackage(root)).should().beFreeOfCycles();
    }

    ArchRule everyPackageIsNullMarked() {
        return classes()
                .that(resideInAPackage(root + ".."))
                .should(beInANullMarkedPackage())
                .because("NullAway looks only where @NullMarked is");
    }

    /**
     * A library's inner packages are its own: others see the package that the library is named after, that of BFD, which
     * is a library in the library, and those enums in which their public faces speak (they cannot move up without a
     * cycle).
     */
    ArchRule librariesHideTheirInside() {
        DescribedPredicate<JavaClass> spokenOutside = DescribedPredicate.describe(
                "spoken outside",
                type -> SPOKEN_OUTSIDE.contains(type.getFullName())
                        || type.getPackageName().equals(root + ".bgp.bfd"));
        return noClasses()
                .that(resideInAPackage(root + "..")
                        .and(DescribedPredicate.not(resideInAnyPackage(root + ".bgp..", root + ".arpndp.."))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(root + ".bgp.*..", root + ".arpndp.*..")
                        .and(DescribedPredicate.not(spokenOutside)));
    }

    /** One rule per room: it uses the rooms it may use, and no other. */
    List<ArchRule> roomsUseOnlyWhatTheyMay() {
        List<ArchRule> rules = new ArrayList<>();
        MAY_USE.forEach((room, may) -> {
            String[] forbidden = MAY_USE.keySet().stream()
                    .filter(other -> !other.equals(room) && !may.contains(other))
                    .map(other -> root + "." + other + "..")
                    .toArray(String[]::new);
            rules.add(noClasses()
                    .that(resideInAPackage(root + "." + room + ".."))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(forbidden))
                    .as(room + " uses only " + may)
                    .allowEmptyShould(true));
        });
        return rules;
    }

    private DescribedPredicate<JavaClass> arePure() {
        List<String> packages = new ArrayList<>();
        PURE_ROOMS.forEach(room -> packages.add(root + "." + room + ".."));
        packages.add(root + "..fsm..");
        packages.add(root + "..wire..");
        return resideInAnyPackage(packages.toArray(String[]::new)).as("are pure");
    }

    private static DescribedPredicate<JavaMethodCall> readsTheClock() {
        Set<String> zeroArgument = Set.of(
                "nanoTime", "currentTimeMillis", "now", "systemUTC", "systemDefaultZone", "random", "randomUUID");
        Set<String> owners = Set.of(
                "java.lang.System",
                "java.lang.Math",
                "java.time.Instant",
                "java.time.LocalDateTime",
                "java.time.ZonedDateTime",
                "java.time.OffsetDateTime",
                "java.time.LocalDate",
                "java.time.Clock",
                "java.util.UUID");
        return DescribedPredicate.describe(
                "reads a clock or a source of chance",
                call -> owners.contains(call.getTargetOwner().getFullName()) && zeroArgument.contains(call.getName()));
    }

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a package whose package-info says @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage()
                        .tryGetAnnotationOfType(NullMarked.class)
                        .isPresent();
                events.add(new SimpleConditionEvent(
                        type, marked, type.getPackageName() + " (" + type.getSimpleName() + ")"));
            }
        };
    }

    /** Each package is a slice of its own; ArchUnit's patterns would lump subpackages together. */
    private record EachPackage(String root) implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().startsWith(root)
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages under " + root;
        }
    }
}
