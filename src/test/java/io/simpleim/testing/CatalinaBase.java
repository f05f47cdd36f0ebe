package io.simpleim.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A CATALINA_BASE, prepared the way an operator does it. */
final class CatalinaBase {
    private static final Path WAR = Path.of(property("im.test.war"));
    private static final Path TUNED = Path.of("tomcat-conf");

    private final Path base;

    /** @param home the unpacked distribution, which is not changed */
    CatalinaBase(Path base, Path home) throws IOException {
        this.base = base;
        for (String folder : List.of("bin", "conf/Catalina/localhost", "logs", "temp", "webapps", "work")) {
            Files.createDirectories(base.resolve(folder));
        }
        try (Stream<Path> files = Files.list(home.resolve("conf")).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                Files.copy(file, base.resolve("conf").resolve(file.getFileName()));
            }
        }
    }

    static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("The build sets the system property " + name + ": run it with Maven");
        }
        return value;
    }

    Path path() {
        return base;
    }

    /** The server's default configuration folder. */
    Path configuration() {
        return base.resolve("conf").resolve("simpleim");
    }

    /** Installs the files of {@code tomcat-conf}: a tuned Tomcat with the application at its root. */
    void tuned() throws IOException {
        // Stands in for the distribution's welcome page, which must not get in the way.
        Files.createDirectories(base.resolve("webapps/ROOT"));
        Files.copy(TUNED.resolve("ROOT.xml"), base.resolve("conf/Catalina/localhost/ROOT.xml"));
        Files.copy(TUNED.resolve("setenv.sh"), base.resolve("bin/setenv.sh"));
        Files.delete(base.resolve("conf/server.xml"));
        Files.copy(TUNED.resolve("server.xml"), base.resolve("conf/server.xml"));
        Files.copy(WAR, base.resolve("simpleim.war"));
    }

    /** Installs the two PEM files that the tuned Tomcat needs for TLS. */
    void certificate(TestCertificate certificate) throws IOException {
        Path folder = Files.createDirectories(base.resolve("conf/tls"));
        Files.copy(certificate.chain(), folder.resolve("fullchain.pem"));
        Files.copy(certificate.key(), folder.resolve("privkey.pem"));
    }

    /**
     * Installs a stock Tomcat, except for its ports, with the WAR in {@code webapps}. Directory listings and writes are
     * on, as other applications may require them.
     */
    void stock(String warName) throws IOException {
        Path file = base.resolve("conf/server.xml");
        String stock = Files.readString(file);
        String changed = stock.replace("<Connector port=\"8080\"", "<Connector port=\"0\" address=\"127.0.0.1\"")
                .replace("<Server port=\"8005\"", "<Server port=\"-1\"");
        Files.writeString(file, changed);
        Path defaults = base.resolve("conf/web.xml");
        String careful = Files.readString(defaults);
        String careless = careful.replaceFirst(
                "(<param-name>listings</param-name>\\s*<param-value>)false(</param-value>\\s*</init-param>)",
                "$1true$2<init-param><param-name>readonly</param-name><param-value>false</param-value></init-param>");
        if (careless.equals(careful)) {
            throw new IllegalStateException("no default servlet of the expected form in " + defaults);
        }
        Files.writeString(defaults, careless);
        Files.copy(WAR, base.resolve("webapps").resolve(warName));
    }
}
