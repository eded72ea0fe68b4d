package dev.clarion.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which file a key names, and which keys name none. */
class SysctlTest {

    @Test
    void dotsSeparateTheParts(@TempDir Path root) throws IOException {
        write(root, "net/ipv4/ip_forward", "1\n");
        assertThat(new Sysctl(root).read("net.ipv4.ip_forward")).contains("1");
    }

    @Test
    void whereThereIsASlashDotsBelongToNames(@TempDir Path root) throws IOException {
        write(root, "net/ipv4/conf/eth0.100/arp_ignore", "2\n");
        assertThat(new Sysctl(root).read("net/ipv4/conf/eth0.100/arp_ignore")).contains("2");
    }

    @Test
    void aParameterThatDoesNotExistIsEmpty(@TempDir Path root) {
        assertThat(new Sysctl(root).read("net.ipv4.conf.eth9.arp_ignore")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc/passwd", "../../etc/passwd", "net/../../../etc/passwd", "net//ipv4", "a b", ".."})
    void whatIsNoKeyIsRefused(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Sysctl().read(key));
    }

    @Test
    void theKernelsOwnParametersAreRead() {
        assertThat(new Sysctl().read("kernel.ostype")).contains("Linux");
    }

    @Test
    void theBootIdIsAUuidThatStays() throws LinuxException {
        assertThat(BootId.read())
                .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                .isEqualTo(BootId.read());
    }

    private static void write(Path root, String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
