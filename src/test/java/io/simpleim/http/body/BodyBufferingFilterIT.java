package io.simpleim.http.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.simpleim.api.Reply;
import io.simpleim.audit.AuditLog;
import io.simpleim.audit.FailureReporter;
import io.simpleim.http.ByteBudget;
import io.simpleim.http.JsonServlet;
import io.simpleim.http.RequestContext;
import io.simpleim.http.RequestReporter;
import io.simpleim.http.filter.RequestFilter;
import io.simpleim.metrics.Metrics;
import io.simpleim.testing.Answer;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.SlowClients;
import jakarta.servlet.Filter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that come in pieces, or not to their end, from a real Tomcat. */
class BodyBufferingFilterIT {
    private static final int MAX_BODY_BYTES = 100_000;
    private static final String LINES = "POST /length HTTP/1.1\r\nHost: HOST\r\n";
    private static final String HEADERS = LINES + "Content-Length: " + MAX_BODY_BYTES + "\r\n\r\n";
    private static final long BUDGET = 10L * MAX_BODY_BYTES;

    private final Tomcat tomcat = new Tomcat();
    private final ByteBudget budget = new ByteBudget(BUDGET);

    @BeforeEach
    void prepare(@TempDir Path folder) {
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
    }

    private void start(boolean isAsyncSupported) throws Exception {
        Context context = tomcat.addContext("", null);
        Metrics metrics = new Metrics();
        AuditLog audit = new AuditLog(line -> {}, Clock.systemUTC());
        RequestReporter reporter = new RequestReporter(new FailureReporter(metrics, audit), metrics, audit);
        filter(context, "request", new RequestFilter(budget, reporter, Set.of()), isAsyncSupported);
        Duration within = Duration.ofSeconds(20);
        Filter readBody = new BodyBufferingFilter(Set.of("/length"), MAX_BODY_BYTES, within, budget, reporter);
        filter(context, "readBody", readBody, isAsyncSupported);
        Wrapper servlet = Tomcat.addServlet(context, "length", new Length());
        servlet.setAsyncSupported(isAsyncSupported);
        servlet.addMapping("/length");
        tomcat.start();
    }

    private static void filter(Context context, String name, Filter filter, boolean isAsyncSupported) {
        FilterDef definition = new FilterDef();
        definition.setFilterName(name);
        definition.setFilter(filter);
        definition.setAsyncSupported(Boolean.toString(isAsyncSupported));
        context.addFilterDef(definition);
        FilterMap everywhere = new FilterMap();
        everywhere.setFilterName(name);
        everywhere.addURLPattern("/*");
        everywhere.setDispatcher("REQUEST");
        everywhere.setDispatcher("ASYNC");
        context.addFilterMap(everywhere);
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n1869F\r\n"})
    void aClientThatDisconnectsInTheMiddleLeavesNothingBehind(String framing) throws Exception {
        start(true);
        for (int i = 0; i < 20; i++) {
            SlowClients.begin(base(), 1, LINES + framing + "x".repeat(MAX_BODY_BYTES - 1))
                    .close();
        }

        // What comes after them finds all of it there.
        await().untilAsserted(() -> assertThat(
                        post("x".repeat(MAX_BODY_BYTES)).data().get("length").getAsInt())
                .isEqualTo(MAX_BODY_BYTES));
        await().untilAsserted(() -> assertThat(budget.available()).isEqualTo(BUDGET));
    }

    @Test
    void malformedChunksLeaveNothingBehind() throws Exception {
        start(true);
        String body = "Transfer-Encoding: chunked\r\n\r\n10000\r\n" + "x".repeat(65_536) + "\r\nno chunk\r\n";
        for (int i = 0; i < 20; i++) {
            try (SlowClients broken = SlowClients.begin(base(), 1, LINES + body)) {
                assertThat(broken.answerTo(0)).startsWith("HTTP/1.1 400 ");
            }
        }

        assertThat(budget.available()).isEqualTo(BUDGET);
    }

    @Test
    void smallBodiesAreServedWhateverSlowClientsHold() throws Exception {
        start(true);
        budget.tryAcquire(BUDGET);

        assertThat(post("x".repeat(4000)).status()).isEqualTo(200);
        assertThat(post("x".repeat(MAX_BODY_BYTES)).error()).isEqualTo("unavailable");

        budget.release(BUDGET);
        assertThat(post("x".repeat(MAX_BODY_BYTES)).status()).isEqualTo(200);
    }

    @Test
    void aBodyInPiecesIsReadWithoutAsynchronousRequestsToo() throws Exception {
        start(false);
        try (SlowClients slow = SlowClients.begin(base(), 1, HEADERS.replace("HOST", "HOST\r\nConnection: close"))) {
            slow.send("x".repeat(MAX_BODY_BYTES - 1));
            slow.send("x");

            assertThat(slow.answerTo(0)).startsWith("HTTP/1.1 200 ").contains("\"length\":" + MAX_BODY_BYTES);
        }
        assertThat(post("x".repeat(MAX_BODY_BYTES + 1)).error()).isEqualTo("too_large");
    }

    private Answer post(String body) {
        return new ImClient(base()).postJson("", "length", body);
    }

    private URI base() {
        return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/");
    }

    private static final class Length extends JsonServlet {
        @Override
        protected Reply handle(RequestContext context) {
            return new Reply("health", Map.of("length", context.body().length));
        }
    }
}
