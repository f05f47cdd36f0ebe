package io.simpleim.reference;

import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.StoredDocuments;
import java.util.Map;

/** How a call comes to be refused with each of the errors that are documented for it. */
final class Provocations {
    private static final String NO_ROOM = "0".repeat(72);

    private Provocations() {}

    /** Whether there is something in the call that could be wrong so. */
    static boolean canBeTried(String error, RestCall call) {
        return switch (error) {
            case "room_full" -> call.parameters().containsKey("room_id");
            case "conflict" -> call.parameters().containsKey("message");
            case "missing_parameter", "invalid_parameter" -> !call.parameters().isEmpty();
            default -> true;
        };
    }

    /** Changes a call that would be carried out, or the world around it. */
    static void of(String error, RestCall call, Scene scene, Attempt attempt, StoredDocuments stored) {
        switch (error) {
            case "unauthenticated" -> attempt.token = "";
            case "token_expired" -> attempt.token = loggedOut(scene);
            case "user_banned" -> ban(call, scene, attempt, stored);
            case "partner_key_required" -> attempt.isForwarded = true;
            case "missing_parameter" -> attempt.parameters.remove(attempt.firstParameter());
            case "invalid_parameter" -> spoil(call, attempt);
            case "user_not_found" ->
                attempt.parameters.replaceAll((name, value) -> name.endsWith("user_id") ? ImClient.anyUser() : value);
            case "room_not_found" -> attempt.parameters.put("room_id", NO_ROOM);
            case "not_in_room" -> comeFromOutside(call, scene, attempt);
            case "not_room_host" -> attempt.token = scene.bob.token();
            case "room_full" ->
                scene.crowd(scene.real(attempt.parameters.get("room_id").toString()), 2);
            case "too_many_rooms" -> enterManyRooms(call.id().startsWith("invite") ? scene.bob : scene.alice);
            case "conflict" -> sendUnderTheSameId(call, scene, attempt);
            default -> throw new AssertionError("No test knows how " + call + " is refused with " + error);
        }
    }

    private static String loggedOut(Scene scene) {
        ImUser user = scene.anybody();
        user.post("u/user/login_out");
        return user.token();
    }

    /** One who has not been asked about yet: for five seconds it would be remembered that there is no ban. */
    private static void ban(RestCall call, Scene scene, Attempt attempt, StoredDocuments stored) {
        ImUser user = call.id().equals("get_login_token") ? scene.alice : scene.anybody();
        stored.set("user", "user_id", user.id(), "user_status", -1);
        attempt.token = attempt.token.isEmpty() ? "" : user.token();
    }

    private static void spoil(RestCall call, Attempt attempt) {
        if (!call.isPost()) {
            attempt.parameters.put("page", 0);
        } else if (call.id().equals("end_sessions")) {
            attempt.parameters.put("session_id", "");
        } else {
            attempt.parameters.put(attempt.firstParameter(), Map.of());
        }
    }

    private static void comeFromOutside(RestCall call, Scene scene, Attempt attempt) {
        if (call.id().equals("kick_out_room")) {
            attempt.parameters.put("user_id", "carol");
        } else {
            attempt.token = scene.carol.token();
        }
    }

    private static void enterManyRooms(ImUser user) {
        while (user.post("rm/room/create_room").error().isEmpty()) {
            // One more.
        }
    }

    private static void sendUnderTheSameId(RestCall call, Scene scene, Attempt attempt) {
        Map<String, Object> parameters = scene.real(attempt.parameters);
        parameters.put("message", "Something else");
        scene.alice.client().post(attempt.token, call.target(), parameters);
    }
}
