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
 * Settings for starting measured processes.
 *
 * @param jar the standalone server; the class path of all processes
 * @param jvmOptions options of the JVM; the documented start command has none
 * @param work folder for the processes' files
 */
public record LaunchSettings(Path jar, List<String> jvmOptions, Path work) {
    public LaunchSettings {
        jvmOptions = List.copyOf(jvmOptions);
        try {
            Files.createDirectories(work);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command up to the main class. */
    List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        // A logback-test.xml in the class path would take precedence.
        command.add("-Dlogback.configurationFile=logback.xml");
        command.add("-cp");
        command.add(jar + File.pathSeparator + ownClasses());
        return command;
    }

    /** Location of the benchmark's own classes. */
    private static Path ownClasses() {
        try {
            return Path.of(LaunchSettings.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
