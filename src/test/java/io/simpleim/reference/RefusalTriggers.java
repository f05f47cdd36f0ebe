package io.simpleim.reference;

import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.StoredDocuments;
import java.util.Map;

/** Makes a call fail with each of its documented errors. */
final class RefusalTriggers {
    private static final String NO_ROOM = "0".repeat(72);

    private RefusalTriggers() {}

    /** Whether the call can fail with this error. */
    static boolean canBeTried(String error, RestCall call) {
        return switch (error) {
            case "room_full" -> call.parameters().containsKey("room_id");
            case "conflict" -> call.parameters().containsKey("message");
            case "missing_parameter", "invalid_parameter" -> !call.parameters().isEmpty();
            default -> true;
        };
    }

    /** Changes a valid call, or the state of the server, so that the call fails with this error. */
    static void apply(
            String error, RestCall call, ExampleFixture fixture, PendingCall pending, StoredDocuments stored) {
        switch (error) {
            case "unauthenticated" -> pending.token = "";
            case "token_expired" -> pending.token = loggedOut(fixture);
            case "user_banned" -> ban(call, fixture, pending, stored);
            case "partner_key_required" -> pending.isForwarded = true;
            case "missing_parameter" -> pending.parameters.remove(pending.firstParameter());
            case "invalid_parameter" -> spoil(call, pending);
            case "user_not_found" ->
                pending.parameters.replaceAll((name, value) -> name.endsWith("user_id") ? ImClient.anyUser() : value);
            case "room_not_found" -> pending.parameters.put("room_id", NO_ROOM);
            case "not_in_room" -> comeFromOutside(call, fixture, pending);
            case "not_room_host" -> pending.token = fixture.bob().token();
            case "room_full" ->
                fixture.addMembers(
                        fixture.resolve(pending.parameters.get("room_id").toString()), 2);
            case "too_many_rooms" -> enterManyRooms(call.id().startsWith("invite") ? fixture.bob() : fixture.alice());
            case "conflict" -> sendUnderTheSameId(call, fixture, pending);
            default -> throw new AssertionError("No test makes " + call + " fail with " + error);
        }
    }

    private static String loggedOut(ExampleFixture fixture) {
        ImUser user = fixture.newUser();
        user.post("u/user/login_out");
        return user.token();
    }

    /** A user whose status is not cached yet: a cached one would hide the ban for five seconds. */
    private static void ban(RestCall call, ExampleFixture fixture, PendingCall pending, StoredDocuments stored) {
        ImUser user = call.id().equals("get_login_token") ? fixture.alice() : fixture.newUser();
        stored.set("user", "user_id", user.id(), "user_status", -1);
        pending.token = pending.token.isEmpty() ? "" : user.token();
    }

    private static void spoil(RestCall call, PendingCall pending) {
        if (!call.isPost()) {
            pending.parameters.put("page", 0);
        } else if (call.id().equals("end_sessions")) {
            pending.parameters.put("session_id", "");
        } else {
            pending.parameters.put(pending.firstParameter(), Map.of());
        }
    }

    private static void comeFromOutside(RestCall call, ExampleFixture fixture, PendingCall pending) {
        if (call.id().equals("kick_out_room")) {
            pending.parameters.put("user_id", "carol");
        } else {
            pending.token = fixture.carol().token();
        }
    }

    private static void enterManyRooms(ImUser user) {
        while (user.post("rm/room/create_room").error().isEmpty()) {
            // Keeps creating rooms up to the limit.
        }
    }

    private static void sendUnderTheSameId(RestCall call, ExampleFixture fixture, PendingCall pending) {
        Map<String, Object> parameters = fixture.resolve(pending.parameters);
        parameters.put("message", "Something else");
        fixture.alice().client().post(pending.token, call.target(), parameters);
    }
}
