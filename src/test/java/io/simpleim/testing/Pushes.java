package io.simpleim.testing;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Tells the messages among the frames of a connection from the server's own events. */
public final class Pushes {
    private static final int FIRST_EVENT = 10_000;

    private Pushes() {}

    /** The next message; events before it are passed over. */
    public static JsonObject nextMessage(ImSocket socket) {
        JsonObject frame = socket.next();
        while (!isMessage(frame)) {
            frame = socket.next();
        }
        return frame;
    }

    /** The next event of that name; what comes before it is passed over. */
    public static JsonObject nextEvent(ImSocket socket, String event) {
        JsonObject frame = socket.next();
        while (!frame.has("event") || !frame.get("event").getAsString().equals(event)) {
            frame = socket.next();
        }
        return frame;
    }

    /**
     * The messages that have been pushed and not yet been read. Frames keep their order, so whatever was pushed before
     * this call comes before the answer to the ping that it sends.
     */
    public static List<JsonObject> messagesSoFar(ImSocket socket) {
        String ref = UUID.randomUUID().toString();
        socket.send("{\"op\":\"ping\",\"ref\":\"" + ref + "\"}");
        List<JsonObject> messages = new ArrayList<>();
        for (JsonObject frame = socket.next(); !isPong(frame, ref); frame = socket.next()) {
            if (isMessage(frame)) {
                messages.add(frame);
            }
        }
        return messages;
    }

    /** The answer to an operation that was sent with a {@code ref}; pushes before it are passed over. */
    public static JsonObject reply(ImSocket socket, String frame) {
        socket.send(frame);
        JsonObject answer = socket.next();
        while (!answer.has("op")) {
            answer = socket.next();
        }
        return answer;
    }

    private static boolean isMessage(JsonObject frame) {
        return frame.has("message_type") && frame.get("message_type").getAsInt() < FIRST_EVENT;
    }

    private static boolean isPong(JsonObject frame, String ref) {
        return frame.has("op")
                && frame.get("op").getAsString().equals("pong")
                && frame.get("ref").getAsString().equals(ref);
    }
}
