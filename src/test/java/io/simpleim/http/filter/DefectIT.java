package io.simpleim.http.filter;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.simpleim.api.ErrorMapper;
import io.simpleim.audit.AuditLog;
import io.simpleim.audit.FailureReporter;
import io.simpleim.http.ByteBudget;
import io.simpleim.http.RequestReporter;
import io.simpleim.metrics.Metrics;
import io.simpleim.testing.Answer;
import io.simpleim.testing.ImClient;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a client and the log are told of a defect: a servlet that throws, behind the real filter in a real Tomcat. */
class DefectIT {
    private final Tomcat tomcat = new Tomcat();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        logged.start();
        errorLog().addAppender(logged);
        errorLog().setAdditive(false);
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        Context context = tomcat.addContext("", null);
        FilterDef filter = new FilterDef();
        filter.setFilterName("request");
        AuditLog audit = new AuditLog(line -> {}, Clock.systemUTC());
        Metrics metrics = new Metrics();
        RequestReporter reporter = new RequestReporter(new FailureReporter(metrics, audit), metrics, audit);
        filter.setFilter(new RequestFilter(ByteBudget.ofHeap(), reporter, Set.of()));
        context.addFilterDef(filter);
        FilterMap everywhere = new FilterMap();
        everywhere.setFilterName("request");
        everywhere.addURLPattern("/*");
        context.addFilterMap(everywhere);
        Tomcat.addServlet(context, "broken", new Broken()).addMapping("/broken");
        tomcat.getConnector();
        tomcat.start();
    }

    @AfterEach
    void stop() throws Exception {
        errorLog().detachAppender(logged);
        errorLog().setAdditive(true);
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void theClientGetsTheIdFromTheLogAndNoStackTrace() {
        ImClient client = new ImClient(
                URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/"));
        Answer answer = client.get("", "broken", Map.of());

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.code()).isEqualTo(-1);
        assertThat(answer.error()).isEqualTo("internal_error");
        assertThat(answer.msg()).isEqualTo("系统错误");
        assertThat(answer.body()).doesNotContain("Exception").doesNotContain("secret of the inside");
        String requestId = answer.json().get("request_id").getAsString();
        List<ILoggingEvent> events = logged.list;
        assertThat(events).hasSize(1);
        assertThat(events.get(0).getFormattedMessage()).contains(requestId);
        assertThat(events.get(0).getThrowableProxy().getMessage()).isEqualTo("secret of the inside");
    }

    private static Logger errorLog() {
        return (Logger) LoggerFactory.getLogger(ErrorMapper.class);
    }

    private static final class Broken extends HttpServlet {
        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getOutputStream().print("half an answer");
            throw new IllegalArgumentException("secret of the inside");
        }
    }
}
