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

/** A Tomcat in this process, with the application at its root. */
public final class EmbeddedTomcat implements AutoCloseable {
    private static final int IDLE_BUFFER_BYTES = 1024;

    private final Tomcat tomcat = new Tomcat();
    private final Connector connector = new Connector();
    private @Nullable Application application;

    /** @param work a folder for Tomcat's own files */
    private EmbeddedTomcat(Listening listening, Path work) {
        tomcat.setBaseDir(work.toString());
        connector.setPort(listening.port());
        connector.setThrowOnFailure(true);
        connector.setXpoweredBy(false);
        // Idle connections keep their buffers: small ones, and none kept for connections to come.
        connector.setProperty("socket.appReadBufSize", Integer.toString(IDLE_BUFFER_BYTES));
        connector.setProperty("socket.appWriteBufSize", Integer.toString(IDLE_BUFFER_BYTES));
        connector.setProperty("socket.bufferPool", "0");
        connector.setProperty("maxConnections", "20000");
        connector.setProperty("acceptCount", "1000");
        connector.setProperty("connectionTimeout", "10000");
        // As in tomcat-conf: a client that says little shall not find its connection closed when it does.
        connector.setProperty("keepAliveTimeout", "75000");
        // A back end keeps its connections: no reason to have it connect again every hundred requests.
        connector.setProperty("maxKeepAliveRequests", "-1");
        // While it stops, new connections are refused at once, and so go elsewhere; else they would be taken and never
        // answered.
        connector.setProperty("bindOnInit", "false");
        // What Tomcat answers by itself has a body that it would read afterwards, with a thread, as slowly as it comes.
        // The
        // application reads its own.
        connector.setProperty("maxSwallowSize", "0");
        // Clients that have vanished without a word are found by the system, in time.
        connector.setProperty("socket.soKeepAlive", "true");
        if (listening.address() != null) {
            connector.setProperty("address", listening.address());
        }
        tomcat.setConnector(connector);
        if (listening.trustedProxies() != null) {
            believe(listening.trustedProxies());
        }
    }

    /** Starts the server without a proxy in front, as {@link #start(ServerConfig, Listening, Path, Clock)}. */
    public static EmbeddedTomcat start(ServerConfig config, int port, @Nullable String address, Path work, Clock clock)
            throws LifecycleException, IOException {
        return start(config, Listening.on(port, address), work, clock);
    }

    /**
     * Starts the server. It takes requests when this returns, unless a store is away or makes indexes for long: then they
     * are refused for as long.
     *
     * @throws IllegalStateException if the port is taken
     * @throws LifecycleException if the application does not start
     */
    public static EmbeddedTomcat start(ServerConfig config, Listening listening, Path work, Clock clock)
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
                        "Port " + listening.port() + " cannot be had: "
                                + e.getCause().getMessage(),
                        e);
            }
            throw e;
        }
    }

    /** Only what these say: by default the valve believes every private network, whose hosts could pass for anybody. */
    private void believe(Pattern proxies) {
        RemoteIpValve valve = new RemoteIpValve();
        valve.setInternalProxies(proxies.pattern());
        valve.setRemoteIpHeader("X-Forwarded-For");
        valve.setProtocolHeader("X-Forwarded-Proto");
        tomcat.getHost().getPipeline().addValve(valve);
    }

    private void addContext(ServerConfig config, Clock clock) {
        StandardContext context = (StandardContext) tomcat.addContext("", null);
        // These look for what an undeployed WAR leaves behind in its class loader; here there is none of its own.
        context.setClearReferencesRmiTargets(false);
        context.setClearReferencesThreadLocals(false);
        context.addParameter("org.apache.tomcat.websocket.textBufferSize", Integer.toString(IDLE_BUFFER_BYTES));
        context.addParameter("org.apache.tomcat.websocket.binaryBufferSize", "256");
        Pages.serveFrom(context);
        ErrorPage notFound = new ErrorPage();
        notFound.setErrorCode(HttpServletResponse.SC_NOT_FOUND);
        notFound.setLocation("/not_found");
        context.addErrorPage(notFound);
        // The order matters: the endpoints need the container that the first one makes.
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer(new Starter(config, clock), null);
        // What Tomcat answers by itself names neither its version nor a stack trace.
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

    /** For the line in the log. */
    public String describe(String form) {
        return Objects.requireNonNull(application).describe(form);
    }

    /** Stops taking requests, stores what waits to be stored, and returns when all is closed. */
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
            throw new IllegalStateException("Tomcat did not let go", e);
        }
    }

    /** Starts the application where a listener of {@code web.xml} would: a listener of ours may not add servlets. */
    private final class Starter implements ServletContainerInitializer {
        private final ServerConfig config;
        private final Clock clock;

        Starter(ServerConfig config, Clock clock) {
            this.config = config;
            this.clock = clock;
        }

        @Override
        public void onStartup(@Nullable Set<Class<?>> types, ServletContext context) {
            // An upgrade finds its endpoint only where some servlet is mapped.
            ServletRegistration.Dynamic files = context.addServlet("default", new DefaultServlet());
            files.addMapping("/");
            // As in web.xml.
            files.setInitParameter("useStrongETags", "true");
            files.setInitParameter("fileEncoding", "UTF-8");
            Application started = startOutsideOfTheContextsLoader(context);
            application = started;
            context.addListener(new Stopper(started));
        }

        /** Threads of libraries keep the loader under which they were started. */
        private Application startOutsideOfTheContextsLoader(ServletContext context) {
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

    /** Stops the application together with its context, as {@code web.xml}'s listener does. */
    private record Stopper(Application application) implements ServletContextListener {
        @Override
        public void contextDestroyed(ServletContextEvent event) {
            application.close();
        }
    }
}
