package io.simpleim.testing;

import io.simpleim.config.LoginSection;
import io.simpleim.config.MongoSection;
import io.simpleim.config.RedisSection;
import io.simpleim.config.ServerConfig;
import io.simpleim.config.source.ConfigLoader;
import io.simpleim.config.value.Secret;
import io.simpleim.standalone.EmbeddedTomcat;
import io.simpleim.standalone.ListenSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.logging.LogManager;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The server as the launcher runs it, in an embedded Tomcat in this JVM. */
public final class EmbeddedDeployment implements Deployment {
    private static final String LOOPBACK = "127.0.0.1";

    private final TestStores stores;
    private final TempFolder work;
    private final EmbeddedTomcat tomcat;

    static {
        // Tomcat logs through our logging, and so is equally quiet.
        LogManager.getLogManager().reset();
        SLF4JBridgeHandler.install();
    }

    private EmbeddedDeployment(TestStores stores, TempFolder work, EmbeddedTomcat tomcat) {
        this.stores = stores;
        this.work = work;
        this.tomcat = tomcat;
    }

    public static EmbeddedDeployment start() {
        return start(Map.of());
    }

    /** @param settings by their environment variables, such as {@code IM_LOGIN_LOGINEXPIRE} */
    public static EmbeddedDeployment start(Map<String, String> settings) {
        return start(settings, Clock.systemUTC());
    }

    public static EmbeddedDeployment start(Map<String, String> settings, Clock clock) {
        return start(settings, ListenSettings.on(0, LOOPBACK), clock);
    }

    /** @param proxies a regular expression for the addresses of trusted proxies */
    public static EmbeddedDeployment behind(String proxies, Map<String, String> settings) {
        return start(settings, new ListenSettings(0, LOOPBACK, Pattern.compile(proxies)), Clock.systemUTC());
    }

    /** @param between maps the address of MongoDB to the one that the server connects to */
    public static EmbeddedDeployment over(UnaryOperator<String> between) {
        return start(Map.of(), ListenSettings.on(0, LOOPBACK), Clock.systemUTC(), between);
    }

    private static EmbeddedDeployment start(Map<String, String> settings, ListenSettings listening, Clock clock) {
        return start(settings, listening, clock, UnaryOperator.identity());
    }

    private static EmbeddedDeployment start(
            Map<String, String> settings, ListenSettings listening, Clock clock, UnaryOperator<String> mongoAddress) {
        ServerConfig config = ConfigLoader.defaults(settings);
        TestStores stores = new TestStores();
        TempFolder work = TempFolder.create("im-tomcat");
        try {
            ServerConfig complete = config.with(MongoSection.ADDRESS, mongoAddress.apply(stores.mongoAddress()))
                    .with(RedisSection.ADDRESS, stores.redisAddress())
                    .with(
                            LoginSection.SECRET,
                            Optional.of(config.get(LoginSection.SECRET).orElse(Secret.of(TestConfig.SECRET))))
                    .requireComplete();
            return new EmbeddedDeployment(stores, work, EmbeddedTomcat.start(complete, listening, work.path(), clock));
        } catch (LifecycleException | IOException | RuntimeException e) {
            stores.close();
            work.close();
            throw e instanceof IOException io ? new UncheckedIOException(io) : new IllegalStateException(e);
        }
    }

    @Override
    public URI base() {
        return URI.create("http://" + LOOPBACK + ":" + tomcat.port() + "/");
    }

    /** All registered paths, in request form, except static files. */
    public Set<String> registeredPaths() {
        StandardContext context = context();
        // WebSocket paths have no servlet, but pass the method filter like all others.
        Stream<String> checked = Arrays.stream(context.findFilterMaps())
                .filter(mapping -> mapping.getFilterName().equals("method"))
                .flatMap(mapping -> Arrays.stream(mapping.getURLPatterns()));
        return Stream.concat(checked, Arrays.stream(context.findServletMappings()))
                .filter(path -> !path.equals("/"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Reads a private field, since only tests need the context. */
    private StandardContext context() {
        try {
            Field field = EmbeddedTomcat.class.getDeclaredField("tomcat");
            field.setAccessible(true);
            Tomcat container = (Tomcat) field.get(tomcat);
            return (StandardContext) container.getHost().findChildren()[0];
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String mongoAddress() {
        return stores.mongoConnection();
    }

    @Override
    public String redisAddress() {
        return stores.redisAddress();
    }

    @Override
    public void close() {
        try {
            tomcat.close();
        } finally {
            // Tomcat would otherwise create the first instance's folder again for the next one in this JVM.
            System.clearProperty("catalina.home");
            stores.close();
            work.close();
        }
    }
}
