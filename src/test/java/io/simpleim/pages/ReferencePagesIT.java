package io.simpleim.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Browser;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.ImClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;

/** The guides and the API reference in a browser, under their Content-Security-Policy. */
@Timeout(60)
@EnabledIf("io.simpleim.testing.Browser#isExpected")
class ReferencePagesIT {
    private static final String START = "document.querySelector('h1')";
    private static final String REST = "document.querySelectorAll('.opblock').length > 15";
    private static final String GUIDE = "document.querySelector('#guide h1')";
    private static final String WEB_SOCKET = "document.querySelectorAll('#reference section').length > 15";

    private static final Pattern GUIDE_ID = Pattern.compile("\\{ id: \"([a-z-]+)\",.* group:");
    private static final Pattern PAGE = Pattern.compile("page=([a-z-]+)");

    private static EmbeddedDeployment server;
    private static Browser browser;

    @BeforeAll
    static void start() {
        server = EmbeddedDeployment.start(Map.of("IM_WEB_DEMO", "true"));
        browser = Browser.start("zh-CN");
    }

    @BeforeEach
    void forgetTheLanguage() {
        browser.open(server.base().resolve("docs/openapi.yaml"));
        browser.script("localStorage.clear()");
    }

    @AfterAll
    static void stop() {
        browser.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "docs/, Documentation, 文档",
        "docs/guide.html, Getting started, 快速接入",
        "docs/rest.html, SimpleIM REST API, SimpleIM REST 接口",
        "docs/websocket.html, SimpleIM WebSocket API, SimpleIM WebSocket 接口",
        "sdk/, JavaScript SDK, JavaScript SDK",
    })
    void pageUsesTheBrowsersLanguageUnlessAnotherIsChosen(String page, String english, String chinese) {
        show(page, 1280, false);
        assertThat(browser.find("h1, h2.title").getText()).startsWith(chinese);
        // Markdown does not close emphasis after a full stop without a following space.
        assertThat(browser.find("main").getText()).doesNotContain("**");
        browser.find(".languages a[lang=en]").click();
        awaitLanguage("en", page);
        assertThat(browser.find("h1, h2.title").getText()).startsWith(english);
        // The setting applies to the other pages too.
        browser.find(".brand").click();
        awaitLanguage("en", "docs/");
        browser.find(".languages a[lang=zh]").click();
        awaitLanguage("zh", "docs/");
    }

    @ParameterizedTest
    @CsvSource({"docs/, start", "docs/rest.html, rest", "docs/websocket.html, websocket", "sdk/, sdk"})
    void pageIsAccessibleInLightAndDarkAndOnAPhone(String page, String name) throws IOException {
        for (String look : List.of("light-en", "dark-zh", "phone-en")) {
            String language = look.substring(look.indexOf('-') + 1);
            show(page + "?lang=" + language, look.startsWith("phone") ? 390 : 1280, look.startsWith("dark"));
            browser.screenshot("reference-" + name + "-" + look);

            assertThat(faults()).as(look).isEmpty();
            assertThat(browser.complaints()).as(look).isEmpty();
            assertThat(browser.script("return document.documentElement.scrollWidth <= innerWidth"))
                    .as("no horizontal overflow: " + look)
                    .isEqualTo(true);
        }
    }

    @Test
    void tryItOutCallsThisServer() {
        String token = new ImClient(server.base()).login(ImClient.anyUser());
        show("docs/rest.html?lang=en", 1280, false);
        browser.find("button.authorize").click();
        browser.find(".auth-container input[aria-label=auth-api-key], .auth-container #api_key_value")
                .sendKeys(token);
        browser.find(".auth-container button.authorize").click();
        browser.find(".auth-btn-wrapper .btn-done").click();

        String call = "#operations-session-get_session_list";
        browser.find(call + " .opblock-summary-control").click();
        browser.find(call + " .try-out__btn").click();
        browser.find(call + " .execute").click();

        String answered = call + " .live-responses-table tr.response .response-col_status";
        assertThat(browser.find(answered).getText()).startsWith("200");
        assertThat(browser.find(call + " .live-responses-table").getText()).contains("\"current\": true");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void startPageLinksToEverything() {
        show("docs/?lang=en", 1280, false);
        browser.await("document.querySelector('[data-if=\"../index.html\"]:not([hidden])')");

        List<String> links = browser.driver().findElements(By.cssSelector("main a")).stream()
                .filter(link -> link.isDisplayed())
                .map(link -> URI.create(link.getAttribute("href")).getPath())
                .toList();
        assertThat(links)
                .contains("/docs/rest.html", "/docs/websocket.html", "/docs/openapi.yaml", "/docs/asyncapi.yaml", "/")
                .contains("/docs/guide.html", "/sdk/");
    }

    @ParameterizedTest
    @MethodSource("guides")
    void guideIsAccessibleInLightAndDarkAndOnAPhone(String guide) throws IOException {
        for (String look : List.of("light-en", "dark-zh", "phone-en")) {
            String language = look.substring(look.indexOf('-') + 1);
            show(
                    "docs/guide.html?page=" + guide + "&lang=" + language,
                    look.startsWith("phone") ? 390 : 1280,
                    look.startsWith("dark"));
            browser.screenshot("guide-" + guide + "-" + look);

            assertThat(browser.driver().getTitle()).endsWith(" · SimpleIM");
            assertThat(browser.findAll("#contents a[aria-current=page]")).hasSize(1);
            assertThat(faults()).as(look).isEmpty();
            assertThat(browser.complaints()).as(look).isEmpty();
            assertThat(browser.script("return document.documentElement.scrollWidth <= innerWidth"))
                    .as("no horizontal overflow: " + look)
                    .isEqualTo(true);
        }
    }

    @Test
    void guideLinksLeadToExistingPagesAndSections() throws IOException {
        Map<String, List<String>> sections = new HashMap<>();
        Map<String, Set<URI>> links = new HashMap<>();
        for (String guide : guides()) {
            show("docs/guide.html?page=" + guide + "&lang=en", 1280, false);
            sections.put(guide, strings("Array.from(document.querySelectorAll('main [id]'), node => node.id)"));
            links.put(
                    guide,
                    strings("Array.from(document.querySelectorAll('main a, #contents a, .bar a'), a => a.href)")
                            .stream()
                            .filter(link -> link.startsWith(server.base().toString()))
                            .map(URI::create)
                            .collect(Collectors.toSet()));
        }

        ImClient client = new ImClient(server.base());
        links.forEach((guide, targets) -> assertThat(targets)
                .as(guide)
                .isNotEmpty()
                .allSatisfy(target -> {
                    String path = server.base().relativize(target).getPath();
                    assertThat(client.send(client.request(path)).status()).isEqualTo(200);
                    Matcher page = PAGE.matcher(Objects.requireNonNullElse(target.getQuery(), ""));
                    if (page.find()) {
                        assertThat(sections).containsKey(page.group(1));
                        if (target.getFragment() != null) {
                            assertThat(sections.get(page.group(1))).contains(target.getFragment());
                        }
                    }
                }));
    }

    @Test
    void missingGuideIsReported() {
        show("docs/guide.html?page=none&lang=en", 1280, false);

        assertThat(browser.find("h1").getText()).isEqualTo("There is no such guide.");
        assertThat(browser.findAll("#contents a")).hasSizeGreaterThan(10);
    }

    static List<String> guides() throws IOException {
        return GUIDE_ID.matcher(Files.readString(Path.of("webapp/docs/js/guides.js")))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static List<String> strings(String expression) {
        return ((List<?>) Objects.requireNonNull(browser.script("return " + expression)))
                .stream().map(String.class::cast).toList();
    }

    private static void show(String page, int width, boolean dark) {
        browser.resize(width, 900, dark);
        browser.open(server.base().resolve(page));
        browser.await(
                page.contains("guide")
                        ? GUIDE
                        : page.contains("rest") ? REST : page.contains("websocket") ? WEB_SOCKET : START);
    }

    private static void awaitLanguage(String language, String page) {
        browser.await("document.documentElement.lang === '" + language + "' && document.readyState === 'complete'"
                + " && location.pathname === '/" + page + "' && document.querySelector('h1, h2.title')");
    }

    /** Accessibility violations in our own markup, without Swagger UI's. */
    private static List<?> faults() throws IOException {
        try (InputStream script = ReferencePagesIT.class.getResourceAsStream("/axe.min.js")) {
            browser.script(new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8));
        }
        return (List<?>)
                browser.async(
                        "const {violations} = await axe.run({exclude: ['.swagger-ui']});"
                                + "return violations.flatMap(v => v.nodes.map(node => v.id + ': ' + node.target.join(' ') + ' ' + node.failureSummary));");
    }
}
