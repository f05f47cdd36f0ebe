package io.simpleim.testing;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Logging as shipped in {@code logback.xml}, with the console captured. It replaces the JVM's logging ({@link #ofJvm})
 * or runs beside it. One instance at a time.
 */
public final class ShippedLog implements AutoCloseable {
    private static final Path SHIPPED = Path.of("src/main/resources/logback.xml");
    private static final Path OF_TESTS = Path.of("src/test/resources/logback-test.xml");

    private final LoggerContext context;
    private final boolean isOfJvm;
    private final Map<String, String> properties;
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    private ShippedLog(LoggerContext context, boolean isOfJvm, Map<String, String> properties) {
        this.context = context;
        this.isOfJvm = isOfJvm;
        this.properties = properties;
        PrintStream kept = new PrintStream(console, true, StandardCharsets.UTF_8);
        System.setOut(kept);
        System.setErr(kept);
        properties.forEach(System::setProperty);
        configure(SHIPPED);
    }

    /** @param properties system properties that the file reads */
    public static ShippedLog ofJvm(Map<String, String> properties) {
        return new ShippedLog((LoggerContext) LoggerFactory.getILoggerFactory(), true, properties);
    }

    /** @param properties system properties that the file reads */
    public static ShippedLog beside(Map<String, String> properties) {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(MDC.getMDCAdapter());
        return new ShippedLog(context, false, properties);
    }

    private void configure(Path file) {
        context.reset();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(file.toFile());
        } catch (JoranException e) {
            throw new IllegalStateException(e);
        }
    }

    public org.slf4j.Logger logger(String name) {
        return context.getLogger(name);
    }

    /** The console output so far. */
    public String console() {
        return console.toString(StandardCharsets.UTF_8);
    }

    /** The content of a file, empty if it does not exist. */
    public static String read(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    @Override
    public void close() {
        context.stop();
        System.setOut(out);
        System.setErr(err);
        properties.keySet().forEach(System::clearProperty);
        if (isOfJvm) {
            configure(OF_TESTS);
            context.start();
        }
    }
}
