package io.simpleim.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.simpleim.api.Reply;
import io.simpleim.audit.AuditLog;
import io.simpleim.audit.FailureReporter;
import io.simpleim.http.filter.RequestFilter;
import io.simpleim.metrics.Metrics;
import io.simpleim.testing.Answer;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.SlowClients;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Answers that are larger than what the system takes for a client that does not read, from a real Tomcat. */
class SlowAnswerIT {
    private static final int MORE_THAN_THREADS = 250;
    private static final int LARGE = 500_000;
    private static final String REQUEST = "GET /large HTTP/1.1\r\nHost: HOST\r\n\r\n";
    private static final long BUDGET = 20L * LARGE;

    private final Tomcat tomcat = new Tomcat();
    private final ByteBudget budget = new ByteBudget(BUDGET);
    private final Metrics metrics = new Metrics();
    private final List<String> audited = new CopyOnWriteArrayList<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(RequestFilter.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        Context context = tomcat.addContext("", null);
        FilterDef filter = new FilterDef();
        filter.setFilterName("request");
        AuditLog audit = new AuditLog(audited::add, Clock.systemUTC());
        RequestReporter reporter = new RequestReporter(new FailureReporter(metrics, audit), metrics, audit);
        filter.setFilter(new RequestFilter(budget, reporter, Set.of("/large")));
        filter.setAsyncSupported("true");
        context.addFilterDef(filter);
        FilterMap everywhere = new FilterMap();
        everywhere.setFilterName("request");
        everywhere.addURLPattern("/*");
        context.addFilterMap(everywhere);
        servlet(context, "large", "x".repeat(LARGE));
        servlet(context, "small", "x");
        // What the system takes in advance; by itself it takes megabytes.
        tomcat.getConnector().setProperty("socket.txBufSize", "32768");
        tomcat.start();
        logged.start();
        log.addAppender(logged);
        log.setLevel(Level.DEBUG);
        log.setAdditive(false);
    }

    private static void servlet(Context context, String name, String text) {
        Wrapper servlet = Tomcat.addServlet(context, name, new Telling(text));
        servlet.setAsyncSupported(true);
        servlet.addMapping("/" + name);
    }

    @AfterEach
    void stop() throws Exception {
        log.detachAppender(logged);
        log.setLevel(null);
        log.setAdditive(true);
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void aSlowReaderHoldsNoThreadAndABoundedAmountOfMemory() {
        try (SlowClients slow = SlowClients.begin(base(), MORE_THAN_THREADS, REQUEST)) {
            await().until(() -> budget.available() < LARGE);

            assertThat(get("small").code()).isEqualTo(200);
            Answer oneTooMany = get("large");
            assertThat(oneTooMany.status()).isEqualTo(503);
            assertThat(oneTooMany.error()).isEqualTo("unavailable");
            assertThat(oneTooMany.header("Retry-After")).isEqualTo("1");
            assertThat(slow.size()).isEqualTo(MORE_THAN_THREADS);
        }
        await().until(() -> budget.available() == BUDGET);
    }

    @Test
    void aClientThatReadsGetsTheWholeResponse() {
        Answer answer = get("large");

        assertThat(answer.data().get("text").getAsString()).isEqualTo("x".repeat(LARGE));
        await().until(() -> budget.available() == BUDGET);
    }

    @Test
    void aLargeResponseIsLoggedAuditedAndCountedOnce() {
        get("large");

        await().until(() -> budget.available() == BUDGET);
        assertThat(logged.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .startsWith("GET /large 200 ");
        assertThat(audited).singleElement().asString().contains("partner_call", "\"partner\":\"shop\"");
        String shown = new String(metrics.text(Metrics.formatFor(null)), StandardCharsets.UTF_8);
        assertThat(shown).contains("simpleim_http_requests_seconds_count{outcome=\"ok\",path=\"/large\"} 1");
    }

    private Answer get(String path) {
        return new ImClient(base()).get("", path, Map.of());
    }

    private URI base() {
        return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/");
    }

    private static final class Telling extends JsonServlet {
        private final String text;

        Telling(String text) {
            this.text = text;
        }

        @Override
        protected Reply handle(RequestContext context) {
            context.identify(new Caller.Partner("shop"));
            return new Reply("health", Map.of("text", text));
        }
    }
}
