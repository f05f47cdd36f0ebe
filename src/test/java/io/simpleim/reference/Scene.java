package io.simpleim.reference;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImUser;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The world of one example: users who are called as in the reference, and are nobody else's. What an example calls by its
 * documented name is sent by the real one; answers are read the other way round. Not thread-safe.
 */
final class Scene {
    private final ImClient client;
    private final Map<String, String> real = new LinkedHashMap<>();
    final ImUser alice;
    final ImUser bob;
    final ImUser carol;

    Scene(ImClient client) {
        this.client = client;
        alice = user("alice");
        bob = user("bob");
        carol = user("carol");
    }

    private ImUser user(String name) {
        String id = name + ImClient.anyUser();
        real.put(name, id);
        return ImUser.loggedIn(client, id);
    }

    /** Users without a name in the reference enter a room. */
    void crowd(String roomId, int others) {
        for (int i = 0; i < others; i++) {
            anybody().enter(roomId);
        }
    }

    ImUser anybody() {
        return ImUser.loggedIn(client, ImClient.anyUser());
    }

    /** A name of the reference stands for something of this world. */
    String let(String documented, String stands) {
        real.put(documented, stands);
        return stands;
    }

    /** What is sent for a text of the reference, or of JSON. */
    String real(String text) {
        String result = text;
        for (Map.Entry<String, String> name : real.entrySet()) {
            result = result.equals(name.getKey())
                    ? name.getValue()
                    : result.replace("\"" + name.getKey() + "\"", "\"" + name.getValue() + "\"");
        }
        return result;
    }

    Map<String, Object> real(Map<String, Object> parameters) {
        Map<String, Object> result = new LinkedHashMap<>();
        parameters.forEach((name, value) -> result.put(name, real(value.toString())));
        return result;
    }

    /** An answer as the reference would show it. */
    JsonElement documented(JsonElement answer) {
        String text = answer.toString();
        for (Map.Entry<String, String> name : real.entrySet()) {
            text = text.replace(name.getValue(), name.getKey());
        }
        return JsonParser.parseString(text);
    }
}
