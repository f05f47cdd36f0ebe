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
 * The world of one example: users who are called as in the reference, and are nobody else's. What an example calls by its
 * documented name is sent by the real one; answers are read the other way round. Not thread-safe.
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

    /** Known to the server from the first time on that something is done with the user. */
    private ImUser user(String name) {
        return loggedIn.computeIfAbsent(name, any -> ImUser.loggedIn(client, real.get(name)));
    }

    /** Users without a name in the reference enter a room. */
    void addMembers(String roomId, int others) {
        for (int i = 0; i < others; i++) {
            newUser().enter(roomId);
        }
    }

    ImUser newUser() {
        return ImUser.loggedIn(client, ImClient.anyUser());
    }

    /** A name of the reference stands for something of this world. */
    String bind(String documented, String stands) {
        real.put(documented, stands);
        return stands;
    }

    /** What is sent for a text of the reference, or of JSON. */
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

    /** An answer as the reference would show it. */
    JsonElement toDocumented(JsonElement answer) {
        String text = answer.toString();
        for (Map.Entry<String, String> name : real.entrySet()) {
            text = text.replace(name.getValue(), name.getKey());
        }
        return JsonParser.parseString(text);
    }
}
