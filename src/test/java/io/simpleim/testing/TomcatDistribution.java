package io.simpleim.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The WAR in a Tomcat distribution, run as a separate process. */
public final class TomcatDistribution implements Deployment {
    /** Small heap and quick start. The tuned server.xml takes its address and port from here. */
    private static final String OPTIONS =
            "-Xmx256m -XX:TieredStopAtLevel=1 -Dim.http.address=127.0.0.1 -Dim.http.port=";

    private final TestStores stores = new TestStores();
    private final TempFolder folder = TempFolder.create("im-catalina");
    private final String scheme;
    private final String contextPath;
    private final OwnedPort tunedPort = OwnedPort.claim();
    private TomcatProcess process;
    private int port;

    private TomcatDistribution(String scheme, String contextPath) {
        this.scheme = scheme;
        this.contextPath = contextPath;
    }

    /** Prepares a CATALINA_BASE. */
    @FunctionalInterface
    private interface Preparation {
        void prepare(CatalinaBase base, TestStores stores) throws IOException;
    }

    /** A Tomcat with the files of {@code tomcat-conf}, which put the application at the root. */
    public static TomcatDistribution tuned(TomcatVersion version) {
        return tuned(version, Map.of());
    }

    /** @param settings by their environment variables, such as {@code IM_LOGIN_LOGINEXPIRE} */
    public static TomcatDistribution tuned(TomcatVersion version, Map<String, String> settings) {
        return start(version, "/", settings, true, (base, stores) -> {
            base.tuned();
            TestConfig.write(base.configuration(), stores);
        });
    }

    /**
     * A Tomcat with the files of {@code tomcat-conf} and TLS, set up as they describe.
     *
     * @param options of the JVM
     */
    public static TomcatDistribution withTls(TomcatVersion version, TestCertificate certificate, String options) {
        Map<String, String> settings = Map.of("IM_HTTP_TLS", "true", "CATALINA_OPTS", options);
        return start(new TomcatDistribution("https", "/"), version, settings, false, (base, stores) -> {
            base.tuned();
            base.certificate(certificate);
            TestConfig.write(base.configuration(), stores);
        });
    }

    /**
     * A stock Tomcat with the WAR in {@code webapps}.
     *
     * @param warName such as {@code im.war}, which puts the application at {@code /im/}
     */
    public static TomcatDistribution stock(TomcatVersion version, String warName) {
        return stock(version, warName, Map.of());
    }

    /** @param settings by their environment variables, such as {@code IM_WEB_DEMO} */
    public static TomcatDistribution stock(TomcatVersion version, String warName, Map<String, String> settings) {
        String name = warName.replace(".war", "");
        return start(version, "ROOT".equals(name) ? "/" : "/" + name + "/", settings, true, (base, stores) -> {
            base.stock(warName);
            TestConfig.write(base.configuration(), stores);
        });
    }

    /** A stock Tomcat without a configuration for the application, which therefore does not start. */
    public static TomcatDistribution withoutConfiguration(TomcatVersion version) {
        return start(version, "/", Map.of(), false, (base, stores) -> base.stock("ROOT.war"));
    }

    private static TomcatDistribution start(
            TomcatVersion version,
            String contextPath,
            Map<String, String> settings,
            boolean getsReady,
            Preparation preparation) {
        return start(new TomcatDistribution("http", contextPath), version, settings, getsReady, preparation);
    }

    private static TomcatDistribution start(
            TomcatDistribution tomcat,
            TomcatVersion version,
            Map<String, String> settings,
            boolean getsReady,
            Preparation preparation) {
        try {
            tomcat.run(version.home(), settings, preparation);
            if (getsReady) {
                tomcat.process.until("is ready", tomcat::isReady);
            }
            return tomcat;
        } catch (IOException | RuntimeException e) {
            tomcat.close();
            throw e instanceof IOException io ? new UncheckedIOException(io) : (RuntimeException) e;
        }
    }

    private void run(Path home, Map<String, String> settings, Preparation preparation) throws IOException {
        CatalinaBase base = new CatalinaBase(folder.path(), home);
        preparation.prepare(base, stores);
        Map<String, String> environment = new HashMap<>(settings);
        environment.merge("CATALINA_OPTS", OPTIONS + tunedPort, (theirs, ours) -> ours + " " + theirs);
        process = TomcatProcess.start(home, base.path(), environment);
        port = process.port();
    }

    private boolean isReady() {
        try {
            return new ImClient(base()).get("", "health/ready", Map.of()).status() == 200;
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof ConnectException) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public URI base() {
        return URI.create(scheme + "://127.0.0.1:" + port + contextPath);
    }

    @Override
    public String mongoAddress() {
        return stores.mongoConnection();
    }

    @Override
    public String redisAddress() {
        return stores.redisAddress();
    }

    /** The output of Tomcat and the application so far. */
    public String output() {
        return process.output();
    }

    /** A file in its CATALINA_BASE, such as a log. */
    public Path file(String name) {
        return folder.path().resolve(name);
    }

    /** Stops Tomcat but keeps its output readable. Returns whether it ended by itself. */
    public boolean stop() {
        return process.stop();
    }

    @Override
    public void close() {
        try {
            if (process != null) {
                process.stop();
            }
        } finally {
            tunedPort.close();
            stores.close();
            folder.close();
        }
    }
}
