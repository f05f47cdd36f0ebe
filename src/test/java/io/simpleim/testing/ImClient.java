package io.simpleim.testing;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** A REST client, built on the JDK's HTTP client. */
public final class ImClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** Shared, since each instance has its own thread and connections. */
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI base;
    private final HttpClient http;

    /** @param base the address of the web application, with a trailing slash */
    public ImClient(URI base) {
        this(base, HTTP);
    }

    /** @param http such as one that trusts a certificate of the test's */
    public ImClient(URI base, HttpClient http) {
        this.base = base;
        this.http = http;
    }

    public URI base() {
        return base;
    }

    /** A unique user id. */
    public static String anyUser() {
        return "u" + UUID.randomUUID().toString().substring(0, 12);
    }

    /** Opens a session and returns its token. */
    public String login(String userId) {
        return post("", "user/get_login_token", Map.of("user_id", userId))
                .data()
                .get("token")
                .getAsString();
    }

    /** POST with a form body; sends no token if it is empty. */
    public Answer post(String token, String path, Map<String, ?> parameters) {
        return send(request(path)
                .headers(tokenHeaders(token))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(parameters))));
    }

    /** POST with a JSON body. */
    public Answer postJson(String token, String path, Object body) {
        String json = body instanceof String text ? text : new Gson().toJson(body);
        return send(request(path)
                .headers(tokenHeaders(token))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** GET with a query. */
    public Answer get(String token, String path, Map<String, ?> parameters) {
        String query = parameters.isEmpty() ? "" : "?" + form(parameters);
        return send(request(path + query).headers(tokenHeaders(token)).GET());
    }

    /** Starts a request to a path of the application. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            return Answer.of(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ordered parameters from names and values in turn. */
    public static Map<String, Object> params(Object... namesAndValues) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
        }
        return parameters;
    }

    private static String[] tokenHeaders(String token) {
        return token.isEmpty() ? new String[] {"X-No-Token", "1"} : new String[] {"token", token};
    }

    private static String form(Map<String, ?> parameters) {
        return parameters.entrySet().stream()
                .map(e -> encode(e.getKey()) + "=" + encode(e.getValue().toString()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
