package io.simpleim.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Map;

/** A logged-in user with the most frequent calls. All others go through {@link #post} and {@link #get}. */
public record ImUser(ImClient client, String id, String token) {
    private static final String HISTORY = "rm/room/get_room_message_list";

    public static ImUser loggedIn(ImClient client, String userId) {
        return new ImUser(client, userId, client.login(userId));
    }

    /** The same user with a new session. */
    public ImUser inAnotherSession() {
        return loggedIn(client, id);
    }

    public Answer post(String path, Object... namesAndValues) {
        return client.post(token, path, ImClient.params(namesAndValues));
    }

    public Answer get(String path, Object... namesAndValues) {
        return client.get(token, path, ImClient.params(namesAndValues));
    }

    /** Creates a room with this user as host. The others enter it in order. */
    public String roomWith(ImUser... others) {
        String roomId = post("rm/room/create_room").data().get("roomId").getAsString();
        for (ImUser other : others) {
            other.enter(roomId);
        }
        return roomId;
    }

    public Answer enter(String roomId) {
        return post("rm/room/enter_room", "room_id", roomId);
    }

    public Answer exit(String roomId) {
        return post("rm/room/exit_room", "room_id", roomId);
    }

    public Answer invite(String roomId, String userId) {
        return post("rm/room/invite_user_enter_room", "room_id", roomId, "invite_user_id", userId);
    }

    public Answer kick(String roomId, String userId) {
        return post("rm/room/kick_out_room", "room_id", roomId, "user_id", userId);
    }

    /** Renames a room. */
    public Answer rename(String roomId, String name) {
        return post("rm/room/set_room_name", "room_id", roomId, "name", name);
    }

    /** Lists a room's members; takes the parameters besides {@code room_id}. */
    public Answer members(String roomId, Object... namesAndValues) {
        Map<String, Object> parameters = ImClient.params(namesAndValues);
        parameters.put("room_id", roomId);
        return client.get(token, "rm/room/get_room_member_list", parameters);
    }

    /** Sends to a room. */
    public Answer say(String roomId, String message) {
        return post("rm/room/room_message", "room_id", roomId, "message", message);
    }

    /** Sends to a user. */
    public Answer write(String toUserId, String message) {
        return post("rm/room/single_message", "to_user_id", toUserId, "message", message);
    }

    /** Reads a room's messages; takes the parameters besides {@code room_id}. */
    public JsonArray history(String roomId, Object... namesAndValues) {
        Map<String, Object> parameters = ImClient.params(namesAndValues);
        parameters.put("room_id", roomId);
        return client.get(token, HISTORY, parameters).list();
    }

    /** Lists the user's rooms. */
    public JsonArray rooms(Object... namesAndValues) {
        return get("rm/room/get_room_list", namesAndValues).list();
    }

    /** Opens a connection without reading from it: the backlog comes first, then live pushes. */
    public ImSocket connect() {
        return connect("u/user/connect");
    }

    /** As {@link #listen()}, without the backlog. */
    public ImSocket connectLiveOnly() {
        ImSocket opened = connect("u/user/connect?offline=none");
        opened.awaitOpen();
        return opened;
    }

    private ImSocket connect(String path) {
        return ImSocket.connect(client.base(), path, token);
    }

    /** Sends many messages quickly over a WebSocket. Their texts are the numbers from first to last, inclusive. */
    public void sayMany(String roomId, int first, int last) {
        sayMany(roomId, first, last, "");
    }

    /** As {@link #sayMany(String, int, int)}, with a suffix to each text. */
    public void sayMany(String roomId, int first, int last, String more) {
        try (ImSocket socket = roomSender()) {
            for (int i = first; i <= last; i++) {
                socket.send("{\"room_id\":\"" + roomId + "\",\"message\":\"" + i + more + "\"}");
            }
            for (int i = first; i <= last; i++) {
                JsonObject answer = socket.next();
                if (answer.get("code").getAsInt() != 200) {
                    throw new AssertionError("message " + i + ": " + answer);
                }
            }
        }
    }

    /** Opens a connection that receives pushes. */
    public ImSocket listen() {
        return ImSocket.listen(client.base(), token);
    }

    /** Opens a connection for sending only. */
    public ImSocket roomSender() {
        return ImSocket.connect(client.base(), "rm/room/room_message", token);
    }
}
