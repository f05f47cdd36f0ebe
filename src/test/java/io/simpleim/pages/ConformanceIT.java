package io.simpleim.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Browser;
import io.simpleim.testing.FileServer;
import io.simpleim.testing.NodeJs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The SDK passes the conformance vectors for clients, in a browser. */
@Timeout(120)
@EnabledIf("isExpected")
class ConformanceIT {
    private static final Path KIT = Path.of("src/site/conformance");
    /** Time after which the player gives up on a client that is known to fail, in milliseconds. */
    private static final String IMPATIENT = "200";

    private static final String PLAY = """
            const { playAll } = await import("/test/conformance.js");
            const module = await import(args[0]);
            return playAll(module.SimpleIM, args[1], [args[2]]);
            """;

    private static NodeJs player;
    private static NodeJs impatient;
    private static String address;
    private static String impatientAddress;
    private static FileServer site;
    private static Browser browser;

    static boolean isExpected() {
        return Browser.isExpected() && NodeJs.isExpected();
    }

    @BeforeAll
    static void start() throws IOException {
        String play = KIT.resolve("play.mjs").toString();
        player = NodeJs.start(play, "--port", "0");
        impatient = NodeJs.start(play, "--port", "0", "--patience", IMPATIENT);
        site = FileServer.start(Map.of("sdk", Path.of("webapp/sdk"), "test", Path.of("src/test/js")));
        address = address(player);
        impatientAddress = address(impatient);
        browser = Browser.start();
        browser.open(site.base());
    }

    @AfterAll
    static void stop() {
        Stream.of(browser, site, player, impatient).filter(one -> one != null).forEach(ConformanceIT::close);
    }

    private static void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String address(NodeJs started) {
        return started.line().replace("Ready at ", "");
    }

    static Stream<String> vectors() throws IOException {
        try (Stream<Path> files = Files.list(KIT.resolve("vectors"))) {
            return files.map(file -> file.getFileName().toString().replace(".json", "")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void sdkPasses(String vector) {
        assertThat(failures("/sdk/simpleim.js", address, vector)).isEmpty();
    }

    /**
     * A minimal client that only connects, sends and displays passes exactly one vector, so the others are meaningful.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "double",
                "gap",
                "reorder",
                "own-between",
                "reconnect",
                "slow",
                "reset",
                "live-while-syncing",
                "lost-answer",
                "rate-limited",
                "too-large",
                "token-expired",
                "history"
            })
    void carelessClientFails(String vector) {
        assertThat(failures("/test/careless.js", impatientAddress, vector)).isNotEmpty();
    }

    private static List<?> failures(String client, String by, String vector) {
        Map<?, ?> results = (Map<?, ?>) browser.async(PLAY, client, by, vector);
        return (List<?>) results.get(vector);
    }
}
