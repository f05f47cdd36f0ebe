package io.simpleim.reference;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImUser;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The users, rooms and ids of one example. Requests are sent with real ids in place of documented ones, and answers are
 * translated back. Not thread-safe.
 */
final class ExampleFixture {
    private final ImClient client;
    private final Map<String, String> real = new LinkedHashMap<>();
    private final Map<String, ImUser> loggedIn = new HashMap<>();

    ExampleFixture(ImClient client) {
        this.client = client;
        for (String name : List.of("alice", "bob", "carol")) {
            real.put(name, name + ImClient.anyUser());
        }
    }

    ImUser alice() {
        return user("alice");
    }

    ImUser bob() {
        return user("bob");
    }

    ImUser carol() {
        return user("carol");
    }

    /** Registers the user with the server on first use. */
    private ImUser user(String name) {
        return loggedIn.computeIfAbsent(name, any -> ImUser.loggedIn(client, real.get(name)));
    }

    /** Adds users to a room that the reference does not name. */
    void addMembers(String roomId, int others) {
        for (int i = 0; i < others; i++) {
            newUser().enter(roomId);
        }
    }

    ImUser newUser() {
        return ImUser.loggedIn(client, ImClient.anyUser());
    }

    /** Binds a documented id to a real one. */
    String bind(String documented, String stands) {
        real.put(documented, stands);
        return stands;
    }

    /** Replaces documented ids in a text or in JSON by the real ones. */
    String resolve(String text) {
        String result = text;
        for (Map.Entry<String, String> name : real.entrySet()) {
            result = result.equals(name.getKey())
                    ? name.getValue()
                    : result.replace("\"" + name.getKey() + "\"", "\"" + name.getValue() + "\"");
        }
        return result;
    }

    Map<String, Object> resolve(Map<String, Object> parameters) {
        Map<String, Object> result = new LinkedHashMap<>();
        parameters.forEach((name, value) -> result.put(name, resolve(value.toString())));
        return result;
    }

    /** Replaces real ids in an answer by the documented ones. */
    JsonElement toDocumented(JsonElement answer) {
        String text = answer.toString();
        for (Map.Entry<String, String> name : real.entrySet()) {
            text = text.replace(name.getValue(), name.getKey());
        }
        return JsonParser.parseString(text);
    }
}
