package io.simpleim.reference;

import com.google.gson.Gson;
import io.simpleim.testing.Answer;
import io.simpleim.testing.ImClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.stream.Collectors;

/** A call that has not been sent yet, so that a test can change it to provoke a refusal. Not thread-safe. */
final class PendingCall {
    private final RestCall call;
    /** Documented values, which are sent as the real ones. */
    final Map<String, Object> parameters;

    String token;
    boolean isForwarded;

    PendingCall(RestCall call, String token, Map<String, Object> parameters) {
        this.call = call;
        this.token = token;
        this.parameters = parameters;
    }

    /** The name of the first parameter, which is a required one. */
    String firstParameter() {
        return parameters.keySet().iterator().next();
    }

    Answer send(ImClient client, ExampleFixture fixture) {
        HttpRequest.Builder request;
        if (call.isPost()) {
            request = client.request(call.target())
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(fixture.resolve(new Gson().toJson(parameters))));
        } else {
            String query = parameters.entrySet().stream()
                    .map(parameter -> parameter.getKey() + "="
                            + fixture.resolve(parameter.getValue().toString()))
                    .collect(Collectors.joining("&"));
            request = client.request(call.target() + "?" + query).GET();
        }
        if (!token.isEmpty()) {
            request.header("token", token);
        }
        if (isForwarded) {
            request.header("X-Forwarded-For", "203.0.113.9");
        }
        return client.send(request);
    }
}
