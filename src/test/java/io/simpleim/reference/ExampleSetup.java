package io.simpleim.reference;

import com.google.gson.JsonArray;
import io.simpleim.testing.ImUser;

/** Brings the server into the state that an example of a call assumes. */
final class ExampleSetup {
    /** Ids as they appear in the reference. */
    private static final String ROOM =
            RestCall.named("get_room_message_list").parameters().get("room_id").toString();

    private static final String SESSION = RestCall.named("end_user_sessions")
            .bodies()
            .get("one")
            .get("session_id")
            .getAsString();
    private static final String OTHER_SESSION =
            RestCall.named("end_sessions").bodies().get("one").get("session_id").getAsString();

    private ExampleSetup() {}

    /** Prepares the example and returns the caller's token, empty for a partner's call. */
    static String prepare(String call, String example, ExampleFixture fixture) {
        switch (call) {
            case "get_login_token", "live", "ready", "metrics" -> {
                return "";
            }
            case "get_user_session_list" -> {
                fixture.alice();
                return "";
            }
            case "end_user_sessions" -> {
                fixture.bind(SESSION, newestSession(fixture.alice()));
                return "";
            }
            case "end_sessions" -> {
                ImUser elsewhere = fixture.alice().inAnotherSession();
                fixture.bind(OTHER_SESSION, currentSession(elsewhere));
            }
            case "room_message", "set_room_name" ->
                fixture.bind(ROOM, fixture.alice().roomWith());
            case "invite_user_enter_room" -> {
                fixture.bob();
                fixture.bind(ROOM, fixture.alice().roomWith());
            }
            case "enter_room" -> fixture.bind(ROOM, fixture.bob().roomWith());
            case "exit_room", "kick_out_room", "get_room_member_list" ->
                fixture.bind(ROOM, fixture.alice().roomWith(fixture.bob()));
            case "get_room_list" -> fixture.bob().write(fixture.alice().id(), "Hello Alice");
            case "get_room_message_list" -> {
                String roomId = fixture.bind(ROOM, fixture.alice().roomWith(fixture.bob()));
                fixture.alice().say(roomId, "Hello Bob");
                fixture.bob().say(roomId, "Hello Alice");
            }
            case "get_session_list", "login_out", "single_message", "create_room" -> {
                // Needs no setup.
            }
            default -> throw new AssertionError("No setup for " + call + " (" + example + ")");
        }
        return fixture.alice().token();
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
