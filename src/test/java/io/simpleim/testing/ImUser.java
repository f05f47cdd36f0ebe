package io.simpleim.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Map;

/** A user who is logged in, and what it does most often; everything else goes through {@link #post} and {@link #get}. */
public record ImUser(ImClient client, String id, String token) {
    private static final String HISTORY = "rm/room/get_room_message_list";

    public static ImUser loggedIn(ImClient client, String userId) {
        return new ImUser(client, userId, client.login(userId));
    }

    /** The same user with a session of its own. */
    public ImUser inAnotherSession() {
        return loggedIn(client, id);
    }

    public Answer post(String path, Object... namesAndValues) {
        return client.post(token, path, ImClient.params(namesAndValues));
    }

    public Answer get(String path, Object... namesAndValues) {
        return client.get(token, path, ImClient.params(namesAndValues));
    }

    /** A new room whose host this user is; the others enter it, one after the other. */
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

    /** Gives a room another name. */
    public Answer rename(String roomId, String name) {
        return post("rm/room/set_room_name", "room_id", roomId, "name", name);
    }

    /** A room's members; the parameters besides {@code room_id}. */
    public Answer members(String roomId, Object... namesAndValues) {
        Map<String, Object> parameters = ImClient.params(namesAndValues);
        parameters.put("room_id", roomId);
        return client.get(token, "rm/room/get_room_member_list", parameters);
    }

    /** Sends to a room. */
    public Answer say(String roomId, String message) {
        return post("rm/room/room_message", "room_id", roomId, "message", message);
    }

    /** Sends to one user. */
    public Answer write(String toUserId, String message) {
        return post("rm/room/single_message", "to_user_id", toUserId, "message", message);
    }

    /** A room's messages; the parameters besides {@code room_id}. */
    public JsonArray history(String roomId, Object... namesAndValues) {
        Map<String, Object> parameters = ImClient.params(namesAndValues);
        parameters.put("room_id", roomId);
        return client.get(token, HISTORY, parameters).list();
    }

    /** The rooms that the user is in. */
    public JsonArray rooms(Object... namesAndValues) {
        return get("rm/room/get_room_list", namesAndValues).list();
    }

    /** A connection of which nothing has been read: what was missed comes first, then what is pushed. */
    public ImSocket connect() {
        return connect("u/user/connect");
    }

    /** As {@link #listen()}, but what was missed does not come. */
    public ImSocket connectLiveOnly() {
        ImSocket opened = connect("u/user/connect?offline=none");
        opened.awaitOpen();
        return opened;
    }

    private ImSocket connect(String path) {
        return ImSocket.connect(client.base(), path, token);
    }

    /** Sends many messages to a room, faster than call by call: texts with the numbers of a range, both included. */
    public void sayMany(String roomId, int first, int last) {
        sayMany(roomId, first, last, "");
    }

    /** As {@link #sayMany(String, int, int)}, with something added to each text. */
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

    /** A connection to which messages are pushed. */
    public ImSocket listen() {
        return ImSocket.listen(client.base(), token);
    }

    /** A connection that only sends. */
    public ImSocket roomSender() {
        return ImSocket.connect(client.base(), "rm/room/room_message", token);
    }
}
