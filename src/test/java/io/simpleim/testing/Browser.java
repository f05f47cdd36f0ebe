package io.simpleim.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A headless Chromium with its own profile. Not thread-safe. Tests that need it are annotated with {@code
 * @EnabledIf("io.simpleim.testing.Browser#isExpected")}.
 */
public final class Browser implements AutoCloseable {
    /** The folder for screenshots. */
    public static final Path SCREENSHOTS = Path.of("target/screenshots");

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TempFolder profile = TempFolder.create("im-browser");
    /** An owned port, since a free port that Selenium picks could belong to a test. */
    private final OwnedPort driverPort = OwnedPort.claim();

    private final ChromeDriver driver;

    private Browser(Map<String, Object> preferences, List<String> arguments) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toString());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-search-engine-choice-screen",
                "--user-data-dir=" + profile.path());
        options.addArguments(arguments);
        options.setExperimentalOption("prefs", preferences);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingPort(driverPort.number())
                .build();
        try {
            driver = new ChromeDriver(service, options);
        } catch (RuntimeException e) {
            driverPort.close();
            profile.close();
            throw e;
        }
        driver.manage().timeouts().scriptTimeout(PATIENCE);
    }

    /** Whether Chromium is installed, or {@code SIMPLEIM_TEST_ALL=true} makes its absence a failure. */
    public static boolean isExpected() {
        return (Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER))
                || Boolean.parseBoolean(System.getenv("SIMPLEIM_TEST_ALL"));
    }

    public static Browser start() {
        return start("en");
    }

    /** @param language the preferred language of pages, such as {@code zh-CN} */
    public static Browser start(String language) {
        return new Browser(Map.of("intl.accept_languages", language), List.of("--lang=" + language));
    }

    /** The driver, for operations that this class does not offer. */
    public ChromeDriver driver() {
        return driver;
    }

    public void open(URI page) {
        driver.get(page.toString());
    }

    /** Waits for the element of a CSS selector. */
    public WebElement find(String selector) {
        return Objects.requireNonNull(patient()
                .until(any -> driver.findElements(By.cssSelector(selector)).stream()
                        .findFirst()
                        .orElse(null)));
    }

    public List<WebElement> findAll(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** The texts of all elements of a selector, read in one script so that the page cannot change meanwhile. */
    public List<String> texts(String selector) {
        Object found = script(
                "return Array.from(document.querySelectorAll(arguments[0]), node => node.innerText.trim())", selector);
        return ((List<?>) Objects.requireNonNull(found))
                .stream().map(String.class::cast).toList();
    }

    /** Waits until a JavaScript expression is true. */
    public void await(String expression) {
        patient().withMessage(expression).until(any -> Boolean.TRUE.equals(script("return !!(" + expression + ")")));
    }

    private WebDriverWait patient() {
        return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(20));
    }

    /** Runs statements in the page and returns their result. */
    public Object script(String statements, Object... arguments) {
        return driver.executeScript(statements, arguments);
    }

    /** Runs the body of an async function in the page and returns its result. Fails with its error. */
    public Object async(String statements, Object... arguments) {
        Object answer = driver.executeAsyncScript(
                "const done = arguments[arguments.length - 1];"
                        + "(async (...args) => {" + statements + "})(...Array.from(arguments).slice(0, -1))"
                        + ".then(value => done({value}), error => done({error: String(error && error.stack || error)}));",
                arguments);
        Map<?, ?> outcome = (Map<?, ?>) Objects.requireNonNull(answer);
        if (outcome.get("error") != null) {
            throw new AssertionError(outcome.get("error"));
        }
        return outcome.get("value");
    }

    /** Console errors and warnings since the last call, including Content-Security-Policy violations. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= java.util.logging.Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Emulates a screen. */
    public void resize(int width, int height, boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** Takes the page offline or online. */
    public void offline(boolean offline) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** Saves a screenshot as {@code target/screenshots/<name>.png}. */
    public void screenshot(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            driver.quit();
        } finally {
            driverPort.close();
            profile.close();
        }
    }
}
