package io.simpleim.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that go away and come back at the same address. They lie below those that systems give to outgoing
 * connections (32768 on Linux, 49152 elsewhere): a client that tries again and again to reach a server that is away
 * would sooner or later be given the server's own port, and keep it from coming back.
 */
public final class LastingPort {
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;
    private static final int TRIES = 100;
    private static final int CLUSTER_BUS = 10_000;

    private LastingPort() {}

    /** A port that nobody listens on. */
    public static int free() {
        for (int tries = 0; tries < TRIES; tries++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException e) {
                // Taken: another one.
            }
        }
        throw new IllegalStateException("no free port in " + TRIES + " tries");
    }

    /** A port that nobody listens on, nor on the one that a node of a Redis Cluster takes besides: 10,000 above it. */
    public static int freeForClusterNode() {
        for (int tries = 0; tries < TRIES; tries++) {
            int port = free() - CLUSTER_BUS;
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException e) {
                // Taken: another one.
            }
        }
        throw new IllegalStateException("no free pair of ports in " + TRIES + " tries");
    }
}
