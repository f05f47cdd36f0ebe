package io.simpleim.bench.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How processes are started.
 *
 * @param jar the standalone server, which has everything that they need
 * @param jvmOptions none is what the documented command has
 * @param work where they keep what they write
 */
public record Launch(Path jar, List<String> jvmOptions, Path work) {
    public Launch {
        jvmOptions = List.copyOf(jvmOptions);
        try {
            Files.createDirectories(work);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Up to the main class. */
    List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        // A log configuration for tests may stand in the class path, and would come first.
        command.add("-Dlogback.configurationFile=logback.xml");
        command.add("-cp");
        command.add(jar + File.pathSeparator + ownClasses());
        return command;
    }

    /** Where the benchmark's own classes are. */
    private static Path ownClasses() {
        try {
            return Path.of(Launch.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
