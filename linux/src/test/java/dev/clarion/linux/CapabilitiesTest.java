package dev.clarion.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {
    @Test
    void theBitOfNetAdminIsTheTwelfth() {
        assertThat(Capabilities.hasNetAdmin(List.of("Name:\tjava", "CapEff:\t0000000000001000")))
                .isTrue();
        assertThat(Capabilities.hasNetAdmin(List.of("CapPrm:\tffffffffffffffff", "CapEff:\t0000000000802400")))
                .isFalse();
        assertThat(Capabilities.hasNetAdmin(List.of("CapEff:\tffffffffffffffff")))
                .isTrue();
        assertThat(Capabilities.hasNetAdmin(List.of("CapEff:\tnone"))).isFalse();
        assertThat(Capabilities.hasNetAdmin(List.of())).isFalse();
    }
}
