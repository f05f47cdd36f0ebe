package io.simpleim.reference;

import com.google.gson.JsonArray;
import io.simpleim.testing.ImUser;

/** What has to have happened before an example of a call can be carried out as documented. */
final class Preparations {
    /** As the reference calls them. */
    private static final String ROOM =
            RestCall.named("get_room_message_list").parameters().get("room_id").toString();

    private static final String SESSION = RestCall.named("end_user_sessions")
            .bodies()
            .get("one")
            .get("session_id")
            .getAsString();
    private static final String OTHER_SESSION =
            RestCall.named("end_sessions").bodies().get("one").get("session_id").getAsString();

    private Preparations() {}

    /** Sets the scene; gives the token of who calls, empty for a partner's call. */
    static String before(String call, String example, Scene scene) {
        ImUser alice = scene.alice;
        switch (call) {
            case "get_login_token", "get_user_session_list", "live", "ready", "metrics" -> {
                return "";
            }
            case "end_user_sessions" -> {
                scene.let(SESSION, newestSession(alice));
                return "";
            }
            case "end_sessions" -> {
                ImUser elsewhere = alice.inAnotherSession();
                scene.let(OTHER_SESSION, currentSession(elsewhere));
            }
            case "room_message", "invite_user_enter_room", "set_room_name" -> scene.let(ROOM, alice.roomWith());
            case "enter_room" -> scene.let(ROOM, scene.bob.roomWith());
            case "exit_room", "kick_out_room", "get_room_member_list" -> scene.let(ROOM, alice.roomWith(scene.bob));
            case "get_room_list" -> scene.bob.write(alice.id(), "Hello Alice");
            case "get_room_message_list" -> {
                String roomId = scene.let(ROOM, alice.roomWith(scene.bob));
                alice.say(roomId, "Hello Bob");
                scene.bob.say(roomId, "Hello Alice");
            }
            case "get_session_list", "login_out", "single_message", "create_room" -> {
                // Nothing.
            }
            default -> throw new AssertionError("No test knows how " + call + " (" + example + ") is prepared");
        }
        return alice.token();
    }

    private static String newestSession(ImUser user) {
        return sessions(user).get(0).getAsJsonObject().get("session_id").getAsString();
    }

    private static String currentSession(ImUser user) {
        return sessions(user).asList().stream()
                .map(session -> session.getAsJsonObject())
                .filter(session -> session.get("current").getAsBoolean())
                .findFirst()
                .orElseThrow()
                .get("session_id")
                .getAsString();
    }

    private static JsonArray sessions(ImUser user) {
        return user.get("u/user/get_session_list").list();
    }
}
