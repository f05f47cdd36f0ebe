package io.simpleim.standalone;

import io.simpleim.bootstrap.Application;
import io.simpleim.config.ServerConfig;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.websocket.server.WsSci;
import org.jspecify.annotations.Nullable;

/** A Tomcat in this process, with the application at its root. Used by one thread at a time. */
public final class EmbeddedTomcat implements AutoCloseable {
    private static final int IDLE_BUFFER_BYTES = 1024;

    private final Tomcat tomcat = new Tomcat();
    private final Connector connector = new Connector();
    private @Nullable Application application;

    /** @param work folder for Tomcat's files */
    private EmbeddedTomcat(ListenSettings listening, Path work) {
        tomcat.setBaseDir(work.toString());
        connector.setPort(listening.port());
        connector.setThrowOnFailure(true);
        connector.setXpoweredBy(false);
        // Idle connections keep their buffers, so these are small and not pooled.
        connector.setProperty("socket.appReadBufSize", Integer.toString(IDLE_BUFFER_BYTES));
        connector.setProperty("socket.appWriteBufSize", Integer.toString(IDLE_BUFFER_BYTES));
        connector.setProperty("socket.bufferPool", "0");
        connector.setProperty("maxConnections", "20000");
        connector.setProperty("acceptCount", "1000");
        connector.setProperty("connectionTimeout", "10000");
        // As in tomcat-conf: a client that rarely sends keeps its connection.
        connector.setProperty("keepAliveTimeout", "75000");
        // Back ends keep their connections. By default they would reconnect every hundred requests.
        connector.setProperty("maxKeepAliveRequests", "-1");
        // A stopping server refuses new connections at once. Otherwise it would accept and never answer them.
        connector.setProperty("bindOnInit", "false");
        // The application reads bodies itself. After an error page of its own, Tomcat would read the rest of the body
        // and
        // block a thread for as long as the client keeps sending.
        connector.setProperty("maxSwallowSize", "0");
        // The operating system detects clients that have vanished.
        connector.setProperty("socket.soKeepAlive", "true");
        if (listening.address() != null) {
            connector.setProperty("address", listening.address());
        }
        tomcat.setConnector(connector);
        if (listening.trustedProxies() != null) {
            trust(listening.trustedProxies());
        }
    }

    /** Starts the server without a proxy in front, as {@link #start(ServerConfig, Listening, Path, Clock)}. */
    public static EmbeddedTomcat start(ServerConfig config, int port, @Nullable String address, Path work, Clock clock)
            throws LifecycleException, IOException {
        return start(config, ListenSettings.on(port, address), work, clock);
    }

    /**
     * Starts the server. When this returns, it accepts requests. While a store is unavailable or still building
     * indexes, requests are refused.
     *
     * @throws IllegalStateException if the port is taken
     * @throws LifecycleException if the application does not start
     */
    public static EmbeddedTomcat start(ServerConfig config, ListenSettings listening, Path work, Clock clock)
            throws LifecycleException, IOException {
        Files.createDirectories(work);
        EmbeddedTomcat server = new EmbeddedTomcat(listening, work.toAbsolutePath());
        try {
            server.addContext(config, clock);
            server.tomcat.start();
            return server;
        } catch (LifecycleException | RuntimeException e) {
            server.close();
            if (e.getCause() instanceof BindException) {
                throw new IllegalStateException(
                        "Port " + listening.port() + " cannot be used: "
                                + e.getCause().getMessage(),
                        e);
            }
            throw e;
        }
    }

    /**
     * Trusts only these proxies. By default the valve trusts all private networks, whose hosts could forge addresses.
     */
    private void trust(Pattern proxies) {
        RemoteIpValve valve = new RemoteIpValve();
        valve.setInternalProxies(proxies.pattern());
        valve.setRemoteIpHeader("X-Forwarded-For");
        valve.setProtocolHeader("X-Forwarded-Proto");
        tomcat.getHost().getPipeline().addValve(valve);
    }

    private void addContext(ServerConfig config, Clock clock) {
        StandardContext context = (StandardContext) tomcat.addContext("", null);
        // These clean up the class loader of an undeployed WAR. This context has no class loader of its own.
        context.setClearReferencesRmiTargets(false);
        context.setClearReferencesThreadLocals(false);
        context.addParameter("org.apache.tomcat.websocket.textBufferSize", Integer.toString(IDLE_BUFFER_BYTES));
        context.addParameter("org.apache.tomcat.websocket.binaryBufferSize", "256");
        WebFiles.serveFrom(context);
        ErrorPage notFound = new ErrorPage();
        notFound.setErrorCode(HttpServletResponse.SC_NOT_FOUND);
        notFound.setLocation("/not_found");
        context.addErrorPage(notFound);
        // The order matters: the endpoints need the container that WsSci creates.
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer(new ApplicationStarter(config, clock), null);
        // Tomcat's own error pages show neither its version nor a stack trace.
        ErrorReportValve plain = new ErrorReportValve();
        plain.setShowReport(false);
        plain.setShowServerInfo(false);
        tomcat.getHost().getPipeline().addValve(plain);
        ((StandardHost) tomcat.getHost()).setErrorReportValveClass("");
    }

    /** The port on which the server listens. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Describes the server for the log; see {@link Application#describe}. */
    public String describe(String form) {
        return Objects.requireNonNull(application).describe(form);
    }

    /** Refuses new requests, stores pending messages, and returns when everything is closed. */
    @Override
    public void close() {
        try {
            tomcat.stop();
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat did not stop", e);
        } finally {
            destroy();
        }
    }

    private void destroy() {
        try {
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat did not release its resources", e);
        }
    }

    /**
     * Starts the application in place of {@code web.xml}'s listener. A listener added here could not register servlets.
     */
    private final class ApplicationStarter implements ServletContainerInitializer {
        private final ServerConfig config;
        private final Clock clock;

        ApplicationStarter(ServerConfig config, Clock clock) {
            this.config = config;
            this.clock = clock;
        }

        @Override
        public void onStartup(@Nullable Set<Class<?>> types, ServletContext context) {
            // Without a mapped servlet, WebSocket upgrades are answered 404.
            ServletRegistration.Dynamic files = context.addServlet("default", new DefaultServlet());
            files.addMapping("/");
            // As in web.xml.
            files.setInitParameter("useStrongETags", "true");
            files.setInitParameter("fileEncoding", "UTF-8");
            Application started = startWithOwnClassLoader(context);
            application = started;
            context.addListener(new ApplicationCloser(started));
        }

        /** Library threads keep the context class loader of the thread that starts them. */
        private Application startWithOwnClassLoader(ServletContext context) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(EmbeddedTomcat.class.getClassLoader());
            try {
                return Application.start(context, config, clock);
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    /** Closes the application with its context, as {@code web.xml}'s listener does. */
    private record ApplicationCloser(Application application) implements ServletContextListener {
        @Override
        public void contextDestroyed(ServletContextEvent event) {
            application.close();
        }
    }
}
