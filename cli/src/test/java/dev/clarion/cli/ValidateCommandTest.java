package dev.clarion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ValidateCommandTest {
    private static final String GOOD = """
            ipAddressPools:
            - name: lan
              addresses: [192.168.50.200-192.168.50.219]
            l2Advertisements:
            - name: lan
            """;

    @TempDir
    private Path directory = Path.of(".");

    private record Result(int code, String out, String err) {}

    private static Result run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Result(line.execute(args), out.toString(), err.toString());
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("input.yaml"), text);
    }

    private Result validate(String text) throws IOException {
        return run("validate", "-f", file(text).toString());
    }

    private static String configMap(String config) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: clarion\ndata:\n  config.yaml: |\n"
                + config.indent(4);
    }

    @Test
    void aGoodConfigurationIsOk() throws IOException {
        assertThat(validate(GOOD)).isEqualTo(new Result(0, "ok\n", ""));
        assertThat(validate(configMap(GOOD)).code()).isZero();
    }

    @Test
    void everyProblemIsNamedWithItsPlace() throws IOException {
        Result result = validate(GOOD.replace("192.168.50.200-192.168.50.219", "10.0.0.5/24, 192.168.010.1"));
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out())
                .contains("input.yaml:3:15: error: ipAddressPools[0].addresses[0]: ")
                .contains("10.0.0.0/24")
                .contains("input.yaml:3:28: error: ipAddressPools[0].addresses[1]: ")
                .contains("2 errors");
    }

    @Test
    void placesAreThoseOfTheManifestNotOfTheTextInside() throws IOException {
        Result result = validate(configMap(GOOD.replace("192.168.50.219", "192.168.50.100")));
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("input.yaml:9:19: error: ipAddressPools[0].addresses[0]: ");
    }

    @Test
    void ofAQuotedTextThePlaceOfTheTextIsNamedToo() throws IOException {
        Result result = validate("kind: ConfigMap\ndata:\n  config.yaml: \"ipAddressPools:\\n- name: 7\\n\"\n");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("input.yaml:3:16 (config.yaml:2:");
    }

    @Test
    void allConfigMapsOfAFileAreChecked() throws IOException {
        String other = "kind: ConfigMap\nmetadata: {name: other}\ndata: {key: value}\n";
        String bad = configMap(GOOD.replace("name: lan", "name: LAN"));
        Result result = validate(other + "---\n" + configMap(GOOD) + "---\n" + bad);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("input.yaml:24:").doesNotContain("input.yaml:12:");
    }

    @Test
    void whatIsNotUsableIsWrongUseAndNotAnError() throws IOException {
        assertThat(validate("kind: ConfigMap\ndata: {key: value}\n").code()).isEqualTo(2);
        assertThat(run("validate", "-f", directory.resolve("missing").toString())
                        .code())
                .isEqualTo(2);
        assertThat(run("validate").code()).isEqualTo(2);
        Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        Result binary = run("validate", "-f", directory.resolve("binary").toString());
        assertThat(binary.code()).isEqualTo(2);
        assertThat(binary.err()).contains("not UTF-8");
    }

    @Test
    void whateverIsGivenTheAnswerIsACodeAndNoStackTrace() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        List<String> samples =
                List.of(GOOD, configMap(GOOD), "&a [*a, *a]", "a: &x {b: *x}", "? [", "\t- :", "%YAML 9");
        for (int i = 0; i < 150; i++) {
            StringBuilder text = new StringBuilder(samples.get(random.nextInt(samples.size())));
            for (int edits = random.nextInt(4); edits > 0; edits--) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(1, 0x80));
            }
            Result result = validate(text.toString());
            assertThat(result.code()).as("edit %d: %s", i, text).isBetween(0, 2);
            assertThat(result.err()).as("edit %d: %s", i, text).doesNotContain("\tat ");
        }
    }

    @Test
    void theVersionIsTold() {
        assertThat(run("version").out()).startsWith("clarion ");
        assertThat(run("--version").out()).startsWith("clarion ");
    }
}
