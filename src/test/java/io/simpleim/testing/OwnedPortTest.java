package io.simpleim.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Regression test: a test's server lost its port to another test during a restart and could not bind it again. */
@Timeout(60)
class OwnedPortTest {
    private static final int CLAIMED = 0;
    private static final int REFUSED = 3;

    /** The main class of a second test JVM, which prints {@link #CLAIMED} or {@link #REFUSED}. */
    static final class OtherJvm {
        private OtherJvm() {}

        public static void main(String[] args) {
            Optional<OwnedPort> claimed = OwnedPort.tryClaim(Integer.parseInt(args[0]));
            System.exit(claimed.isPresent() ? CLAIMED : REFUSED);
        }

        static int tryClaim(int port) throws Exception {
            Path classes = Path.of(OwnedPort.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                            "-cp",
                            classes.toString(),
                            OtherJvm.class.getName(),
                            Integer.toString(port))
                    .inheritIO()
                    .start();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }
    }

    @Test
    void cannotBeClaimedAgainInThisJvm() {
        try (OwnedPort port = OwnedPort.claim()) {
            assertThat(OwnedPort.tryClaim(port.number())).isEmpty();
        }
    }

    @Test
    void cannotBeClaimedByAnotherJvm() throws Exception {
        try (OwnedPort port = OwnedPort.claim()) {
            // A failed claim in between must not release the lock.
            assertThat(OwnedPort.tryClaim(port.number())).isEmpty();
            assertThat(OtherJvm.tryClaim(port.number())).isEqualTo(REFUSED);
        }
    }

    @Test
    void closingReleasesIt() throws Exception {
        OwnedPort port = OwnedPort.claim();
        port.close();
        port.close();
        assertThat(OtherJvm.tryClaim(port.number())).isEqualTo(CLAIMED);
        OwnedPort.tryClaim(port.number()).orElseThrow().close();
    }

    @Test
    void portWithAListenerIsNotClaimed() throws IOException {
        OwnedPort port = OwnedPort.claim();
        port.close();
        try (ServerSocket listener = new ServerSocket(port.number(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(OwnedPort.tryClaim(listener.getLocalPort())).isEmpty();
        }
        // The failed claim holds no lock.
        OwnedPort.tryClaim(port.number()).orElseThrow().close();
    }

    @Test
    void outgoingConnectionsNeverUseIt() {
        PortRange ephemeral = PortRange.ephemeral();
        assumeThat(PortRange.outside(ephemeral).contains(ephemeral.first())).isFalse();
        for (int i = 0; i < 100; i++) {
            try (OwnedPort port = OwnedPort.claim();
                    OwnedPort clusterNode = OwnedPort.claimForClusterNode()) {
                assertThat(ephemeral.contains(port.number())).isFalse();
                assertThat(ephemeral.contains(clusterNode.number())).isFalse();
                assertThat(ephemeral.contains(clusterNode.number() + 10_000)).isFalse();
            }
        }
    }

    @Test
    void clusterBusPortIsOwnedToo() {
        try (OwnedPort node = OwnedPort.claimForClusterNode()) {
            assertThat(OwnedPort.tryClaim(node.number())).isEmpty();
            assertThat(OwnedPort.tryClaim(node.number() + 10_000)).isEmpty();
        }
    }

    @Test
    void rangeIsTheLargerOneOutsideTheEphemeralPorts() {
        assertThat(PortRange.outside(PortRange.parse("32768\t60999\n"))).isEqualTo(new PortRange(12_000, 32_767));
        assertThat(PortRange.outside(PortRange.parse("10000 50000"))).isEqualTo(new PortRange(50_001, 65_535));
        assertThat(PortRange.outside(PortRange.parse("1024 65535"))).isEqualTo(new PortRange(12_000, 65_535));
    }
}
