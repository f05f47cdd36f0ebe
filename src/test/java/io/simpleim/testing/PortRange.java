package io.simpleim.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** A range of ports, both ends included. */
record PortRange(int first, int last) {
    /** Ports for the tests' servers. Browsers refuse some lower ports, such as 10080. */
    private static final PortRange USABLE = new PortRange(12_000, 65_535);
    /** With fewer ports, tests would run out of them. */
    private static final int ENOUGH = 1_000;

    private static final Path LINUX_SETTING = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final int LONGEST_SETTING = 64;
    /** The ephemeral range that IANA recommends and that macOS, the BSDs and Windows use. */
    private static final PortRange IANA = new PortRange(49_152, 65_535);

    /** This machine's ephemeral ports. */
    static PortRange ephemeral() {
        try (InputStream setting = Files.newInputStream(LINUX_SETTING)) {
            // Read in one call: such a file is empty from the second read on, and Files.readString starts with a single
            // byte.
            return parse(new String(setting.readNBytes(LONGEST_SETTING), StandardCharsets.US_ASCII));
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
     * The larger part of the usable ports outside a range. If it is too small, all usable ports: claims then protect
     * against other tests but not against outgoing connections.
     */
    static PortRange outside(PortRange ephemeral) {
        PortRange below = new PortRange(USABLE.first, Math.min(USABLE.last, ephemeral.first - 1));
        PortRange above = new PortRange(Math.max(USABLE.first, ephemeral.last + 1), USABLE.last);
        PortRange larger = below.size() >= above.size() ? below : above;
        return larger.size() >= ENOUGH ? larger : USABLE;
    }

    /** The part whose ports plus an offset are in this range too; if that is too small, only bounded by 65536. */
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
