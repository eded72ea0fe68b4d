package dev.clarion.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The house keeps its rules, and each rule notices when it is broken. */
class HouseTest {

    private static final House HOUSE = new House("dev.clarion");
    private static final JavaClasses TREE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.clarion");

    private static final String BREACHES = "dev.clarion.architecture.breach";
    private static final House BROKEN_HOUSE = new House(BREACHES);
    private static final JavaClasses BROKEN_TREE = new ClassFileImporter().importPackages(BREACHES);

    @Test
    void theRealTreeIsSeen() {
        List<String> rooms = List.of(
                "net",
                "config",
                "allocation",
                "announcement",
                "bgp",
                "arpndp",
                "linux",
                "kube",
                "telemetry",
                "controller",
                "speaker",
                "cli");
        assertThat(rooms)
                .allSatisfy(room -> assertThat(TREE.containPackage("dev.clarion." + room))
                        .as(room)
                        .isTrue());
    }

    @Test
    void pureCodeTouchesNothingOutside() {
        HOUSE.pureCodeTouchesNothingOutside().check(TREE);
        broken(BROKEN_HOUSE.pureCodeTouchesNothingOutside(), "OpensASocket", "LogsFromTheStateMachine");
    }

    @Test
    void pureCodeReadsNoClockAndRollsNoDice() {
        HOUSE.pureCodeReadsNoClockAndRollsNoDice().check(TREE);
        broken(BROKEN_HOUSE.pureCodeReadsNoClockAndRollsNoDice(), "ReadsTheClock", "RollsDice");
    }

    @Test
    void packagesHaveNoCycles() {
        HOUSE.packagesHaveNoCycles().check(TREE);
        broken(BROKEN_HOUSE.packagesHaveNoCycles(), "CycleThere", "CycleBack");
    }

    @Test
    void everyPackageIsNullMarked() {
        HOUSE.everyPackageIsNullMarked().check(TREE);
        broken(BROKEN_HOUSE.everyPackageIsNullMarked(), "OpensASocket");
    }

    @Test
    void librariesHideTheirInside() {
        HOUSE.librariesHideTheirInside().check(TREE);
        broken(BROKEN_HOUSE.librariesHideTheirInside(), "ReachesIntoALibrary");
    }

    @Test
    void roomsUseOnlyWhatTheyMay() {
        HOUSE.roomsUseOnlyWhatTheyMay().forEach(rule -> rule.check(TREE));
        assertThat(BROKEN_HOUSE.roomsUseOnlyWhatTheyMay())
                .as("the speaker reaches for the controller's planner")
                .anySatisfy(rule -> broken(rule, "ReachesForThePlanner"));
    }

    private static void broken(ArchRule rule, String... culprits) {
        assertThatThrownBy(() -> rule.check(BROKEN_TREE))
                .isInstanceOf(AssertionError.class)
                .satisfies(error -> assertThat(error.getMessage()).contains(culprits));
    }
}
