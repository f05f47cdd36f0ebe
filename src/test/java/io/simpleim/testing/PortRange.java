package io.simpleim.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Ports from the first to the last, both included. */
record PortRange(int first, int last) {
    /** Where servers of tests may listen: browsers refuse some ports below, such as 10080. */
    private static final PortRange USABLE = new PortRange(12_000, 65_535);
    /** With fewer ports than these, tests would get in each other's way. */
    private static final int ENOUGH = 1_000;

    private static final Path LINUX_SETTING = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    /** The range that IANA recommends, and that macOS, the BSDs and Windows use. */
    private static final PortRange IANA = new PortRange(49_152, 65_535);

    /** The ports that this machine gives to outgoing connections. */
    static PortRange ephemeral() {
        try {
            return parse(Files.readString(LINUX_SETTING));
        } catch (IOException e) {
            return IANA; // Not Linux, or no /proc.
        }
    }

    /** @param setting two numbers, separated by white space */
    static PortRange parse(String setting) {
        String[] numbers = setting.strip().split("\\s+", -1);
        return new PortRange(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }

    /**
     * The usable ports below or above a range, whichever are more. If it leaves too few, all usable ports: claims then
     * keep tests apart, but not outgoing connections.
     */
    static PortRange outside(PortRange ephemeral) {
        PortRange below = new PortRange(USABLE.first, Math.min(USABLE.last, ephemeral.first - 1));
        PortRange above = new PortRange(Math.max(USABLE.first, ephemeral.last + 1), USABLE.last);
        PortRange larger = below.size() >= above.size() ? below : above;
        return larger.size() >= ENOUGH ? larger : USABLE;
    }

    /**
     * Those from which a second port, so far above, lies in the range too; or at least below 65536 if these are too
     * few.
     */
    PortRange withSecondPort(int offset) {
        PortRange both = new PortRange(first, last - offset);
        return both.size() >= ENOUGH ? both : new PortRange(first, Math.min(last, USABLE.last - offset));
    }

    int size() {
        return Math.max(0, last - first + 1);
    }

    boolean contains(int port) {
        return port >= first && port <= last;
    }

    int random() {
        return ThreadLocalRandom.current().nextInt(first, last + 1);
    }
}
