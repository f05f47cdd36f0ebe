package io.simpleim.standalone;

import io.simpleim.config.ServerConfig;
import io.simpleim.config.source.ConfigLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Runs the server until the process is told to stop. Must not log before the audit log is redirected. */
class ServeCommand implements Callable<Integer> {
    private static final Path DEFAULT_CONFIG = Path.of("config");

    @Option(names = "--port", defaultValue = "8080", description = "The port to listen on (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--data",
            defaultValue = "data",
            description = "The folder of the embedded stores (default: ./${DEFAULT-VALUE}).")
    private Path data = Path.of("data");

    @Option(names = "--config", description = "The folder of the INI files (default: ./config, if it exists).")
    private @Nullable Path config;

    @Option(
            names = "--trusted-proxies",
            paramLabel = "REGEX",
            description = "Addresses of trusted reverse proxies, as a regular expression: only their X-Forwarded-For"
                    + " and X-Forwarded-Proto headers are used (default: none).")
    private @Nullable Pattern trustedProxies;

    @Override
    public Integer call() throws Exception {
        ServerConfig configuration = configuration();
        DataFolder.open(data).redirectAuditLog();
        ListenSettings listening = new ListenSettings(port, null, trustedProxies);
        StandaloneServer server = StandaloneServer.start(configuration, listening, data, Clock.systemUTC());
        LoggerFactory.getLogger(ServeCommand.class)
                .info("Ready at http://localhost:{}/: {}", server.port(), server.describe());
        ShutdownWait.run(server);
        return 0;
    }

    private ServerConfig configuration() {
        Map<String, String> environment = System.getenv();
        if (config != null) {
            return ConfigLoader.load(config, environment);
        }
        return Files.isDirectory(DEFAULT_CONFIG)
                ? ConfigLoader.load(DEFAULT_CONFIG, environment)
                : ConfigLoader.defaults(environment);
    }
}
