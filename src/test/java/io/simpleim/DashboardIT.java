package io.simpleim;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.Exposition;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.PromQl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The dashboard, the alerts and the operations page cover all metrics of a real server, and no others. */
class DashboardIT {
    private static final Path PAGE = Path.of("src/site/markdown/operations.md");
    private static final Path ALERTS = Path.of("src/site/grafana/alerts.yaml");
    private static final String OURS = "simpleim_";
    /** Labels that Prometheus adds to every sample. */
    private static final Set<String> OF_THE_TARGET = Set.of("job", "instance");

    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.*), (\\w+)\\)");
    private static final Pattern RULE = Pattern.compile("- alert: (\\w+)\\s+expr: (.+)");
    private static final Pattern ROW = Pattern.compile("\\| `((?:simpleim|jvm|process|system)_\\w+)` \\|(.*?)\\|");
    private static final Pattern CODE = Pattern.compile("`(\\w+)`");

    private static Exposition shown;
    private static JsonObject dashboard;

    @BeforeAll
    static void look() throws IOException {
        dashboard = JsonParser.parseString(Files.readString(Path.of("src/site/grafana/simpleim.json")))
                .getAsJsonObject();
        try (EmbeddedDeployment server = EmbeddedDeployment.start()) {
            ImClient client = new ImClient(server.base());
            ImUser ann = ImUser.loggedIn(client, "ann");
            try (ImSocket socket = ann.listen()) {
                ann.write("bob", "hi");
                ann.write("ann", "to oneself");
                ann.post("u/user/login_out");
                socket.closeCode();
            }
            // GC pauses are shown only after the first one.
            System.gc();
            Awaitility.await().untilAsserted(() -> {
                shown = Exposition.of(client);
                assertThat(shown.names()).contains("simpleim_closes_total", "jvm_gc_pause_seconds_count");
            });
        }
    }

    private static List<JsonObject> objects(JsonArray array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static List<JsonObject> panels() {
        return objects(dashboard.getAsJsonArray("panels")).stream()
                .filter(panel -> !panel.get("type").getAsString().equals("row"))
                .toList();
    }

    private static List<String> queries() {
        return panels().stream()
                .flatMap(panel -> objects(panel.getAsJsonArray("targets")).stream())
                .map(target -> target.get("expr").getAsString())
                .toList();
    }

    /** Expressions by alert name. */
    private static Map<String, String> alerts() throws IOException {
        return RULE.matcher(Files.readString(ALERTS))
                .results()
                .collect(Collectors.toMap(rule -> rule.group(1), rule -> rule.group(2)));
    }

    private static void assertKnown(String expression) {
        PromQl query = PromQl.parse(expression);
        assertThat(query.selectors()).as(expression).isNotEmpty();
        Set<String> any = new HashSet<>(OF_THE_TARGET);
        for (PromQl.Selector selector : query.selectors()) {
            Set<String> labels = new HashSet<>(OF_THE_TARGET);
            if (!selector.metric().equals("up")) {
                assertThat(shown.names()).as(expression).contains(selector.metric());
                labels.addAll(shown.labelsOf(selector.metric()));
            }
            assertThat(labels).as(expression).containsAll(selector.labels());
            any.addAll(labels);
        }
        assertThat(any).as(expression).containsAll(query.groupings());
    }

    @Test
    void panelsUseExistingMetricsAndLabels() {
        assertThat(queries()).hasSizeGreaterThan(50).allSatisfy(DashboardIT::assertKnown);
    }

    @Test
    void panelsFilterByTheChosenNodes() {
        assertThat(queries())
                .allSatisfy(expression -> assertThat(PromQl.parse(expression).selectors())
                        .allSatisfy(selector -> assertThat(selector.labels()).containsAll(OF_THE_TARGET)));
    }

    @Test
    void panelsHaveDescriptions() {
        assertThat(panels()).allSatisfy(panel -> {
            assertThat(panel.get("description").getAsString()).isNotBlank();
            assertThat(panel.getAsJsonObject("datasource").get("uid").getAsString())
                    .isEqualTo("${datasource}");
            assertThat(objects(panel.getAsJsonArray("targets")))
                    .allSatisfy(target ->
                            assertThat(target.get("legendFormat").getAsString()).isNotBlank());
        });
        assertThat(objects(dashboard.getAsJsonArray("panels")))
                .extracting(panel -> panel.get("id").getAsInt())
                .doesNotHaveDuplicates();
    }

    @Test
    void variablesUseExistingMetricsAndLabels() {
        List<JsonObject> variables =
                objects(dashboard.getAsJsonObject("templating").getAsJsonArray("list"));
        assertThat(variables)
                .filteredOn(variable -> variable.get("type").getAsString().equals("query"))
                .hasSize(2)
                .allSatisfy(variable -> {
                    Matcher values =
                            LABEL_VALUES.matcher(variable.get("definition").getAsString());
                    assertThat(values.matches()).isTrue();
                    assertKnown(values.group(1));
                    assertThat(OF_THE_TARGET).contains(values.group(2));
                });
    }

    @Test
    void everyMetricOfTheServerIsOnAPanel() {
        Set<String> used = queries().stream()
                .flatMap(expression -> PromQl.parse(expression).selectors().stream())
                .map(selector -> Exposition.family(selector.metric()))
                .collect(Collectors.toSet());

        assertThat(used).containsAll(ours().keySet());
    }

    @Test
    void alertsUseExistingMetricsAndAreOnThePage() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(alerts().values()).hasSizeGreaterThan(10).allSatisfy(DashboardIT::assertKnown);
        assertThat(alerts().keySet()).allSatisfy(name -> assertThat(page).contains("| `" + name + "` |"));
    }

    private static Map<String, Set<String>> ours() {
        Map<String, Set<String>> ours = new HashMap<>(shown.families());
        ours.keySet().removeIf(name -> !name.startsWith(OURS));
        assertThat(ours).hasSizeGreaterThan(30);
        return ours;
    }

    @Test
    void pageNamesEveryMetricAndItsLabels() throws IOException {
        Map<String, Set<String>> rows = new HashMap<>();
        ROW.matcher(Files.readString(PAGE)).results().forEach(row -> rows.put(row.group(1), labels(row.group(2))));
        Map<String, Set<String>> ofTheJvm = new HashMap<>(rows);
        ofTheJvm.keySet().removeIf(name -> name.startsWith(OURS));
        rows.keySet().removeAll(ofTheJvm.keySet());

        assertThat(rows).containsExactlyInAnyOrderEntriesOf(ours());
        // Only selected JVM metrics, since which exist depends on the JVM.
        assertThat(ofTheJvm).isNotEmpty();
        assertThat(shown.families().keySet()).containsAll(ofTheJvm.keySet());
    }

    private static Set<String> labels(String cell) {
        return CODE.matcher(cell).results().map(label -> label.group(1)).collect(Collectors.toSet());
    }
}
