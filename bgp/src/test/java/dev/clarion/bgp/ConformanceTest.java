package dev.clarion.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** The page docs/bgp-conformance.md names tests that there are. */
class ConformanceTest {
    private static final Path PAGE = Path.of("../docs/bgp-conformance.md");
    private static final Path SOURCES = Path.of("src/test/java");
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Pattern TESTS = Pattern.compile("`\\w+#\\w+`(, `\\w+#\\w+`)*");

    /** A row of a table. */
    private record Line(String name, String rule, String tests) {}

    @Test
    void everyLineHasANameOfItsOwnAndNamesATestOrSaysWhyThereIsNone() throws IOException {
        List<Line> lines = lines();
        assertThat(lines).isNotEmpty();
        assertThat(lines).extracting(Line::name).doesNotHaveDuplicates().allMatch(name -> name.matches("[\\w./-]+"));
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.rule()).as(line.name()).isNotBlank();
            assertThat(line.tests())
                    .as(line.name())
                    .matches(tests -> TESTS.matcher(tests).matches() || tests.matches("none: .+"));
        });
    }

    @Test
    void everyTestNamedExists() throws IOException {
        Map<String, String> classes = testClasses();
        List<String> missing = lines().stream()
                .flatMap(line -> TEST.matcher(line.tests()).results())
                .filter(named -> !exists(classes, named))
                .map(MatchResult::group)
                .distinct()
                .toList();
        assertThat(missing).isEmpty();
    }

    private static boolean exists(Map<String, String> classes, MatchResult named) {
        String qualified = classes.get(named.group(1));
        if (qualified == null) {
            return false;
        }
        try {
            return Stream.of(Class.forName(qualified).getDeclaredMethods())
                    .filter(method -> method.getName().equals(named.group(2)))
                    .anyMatch(ConformanceTest::isTest);
        } catch (ClassNotFoundException gone) {
            return false;
        }
    }

    private static boolean isTest(Method method) {
        return AnnotationSupport.isAnnotated(method, Testable.class);
    }

    /** Test classes of this module: their names as sources are called, and their full names. */
    private static Map<String, String> testClasses() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> SOURCES.relativize(file).toString().replace('/', '.'))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toMap(
                            name -> name.substring(name.lastIndexOf('.') + 1),
                            Function.identity(),
                            (first, second) -> first));
        }
    }

    private static List<Line> lines() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| line |"))
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
                .map(cells -> {
                    assertThat(cells).as("cells of " + cells).hasSize(5);
                    return new Line(cells.get(1), cells.get(2), cells.get(3));
                })
                .toList();
    }
}
