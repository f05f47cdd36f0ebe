package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Answer;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.RawHttp;
import io.simpleim.testing.StoredDocuments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The application's own refusals: status 200, code -1, and a name for programs. */
interface RefusalsContract extends ApiSuite {
    @Test
    default void invitingAnUnknownUserIsRefused() {
        ImUser host = anyUser();
        refuses("user_not_found", host.invite(host.roomWith(), ImClient.anyUser()));
    }

    @Test
    default void bannedUserGetsNoToken() {
        ImUser user = anyUser();
        ban(user);
        refuses("user_banned", client().post("", "user/get_login_token", ImClient.params("user_id", user.id())));
    }

    @Test
    default void tokenOfABannedUserIsRefused() {
        ImUser user = anyUser();
        ban(user);
        refuses("user_banned", user.get("rm/room/get_room_list"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"u/user/connect", "rm/room/room_message"})
    default void handshakeOfABannedUserIsRefused(String path) {
        ImUser user = anyUser();
        ban(user);
        Answer answer = RawHttp.handshake(deployment().base(), path, "token: " + user.token());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.error()).isEqualTo("user_banned");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "",
                "363131366330653632333939346635396265393637613264663966363838633561626364",
                "room with spaces: and signs $ne {}"
            })
    default void unknownRoomIsNotFoundByAnyCall(String roomId) {
        ImUser user = anyUser();
        refuses("room_not_found", user.enter(roomId));
        refuses("room_not_found", user.exit(roomId));
        refuses("room_not_found", user.say(roomId, "m"));
        refuses("room_not_found", user.invite(roomId, user.id()));
        refuses("room_not_found", user.kick(roomId, user.id()));
        refuses("room_not_found", user.rename(roomId, "n"));
        refuses("room_not_found", user.get("rm/room/get_room_message_list", "room_id", roomId));
        refuses("room_not_found", user.members(roomId));
    }

    @Test
    default void nonMembersCannotSendReadOrLeave() {
        String roomId = anyUser().roomWith(anyUser());
        ImUser stranger = anyUser();
        refuses("not_in_room", stranger.say(roomId, "m"));
        refuses("not_in_room", stranger.get("rm/room/get_room_message_list", "room_id", roomId));
        refuses("not_in_room", stranger.members(roomId));
        refuses("not_in_room", stranger.exit(roomId));
    }

    @Test
    default void singleChatIsClosedToOthers() {
        ImUser one = anyUser();
        String roomId = one.write(anyUser().id(), "m").data().get("room_id").getAsString();
        ImUser stranger = anyUser();
        refuses("not_in_room", stranger.say(roomId, "m"));
        refuses("not_in_room", stranger.get("rm/room/get_room_message_list", "room_id", roomId));
        refuses("not_in_room", stranger.members(roomId));
        refuses("room_not_found", stranger.enter(roomId));
    }

    @Test
    default void onlyTheHostInvitesKicksAndRenames() {
        ImUser host = anyUser();
        ImUser member = anyUser();
        String roomId = host.roomWith(member);
        ImUser stranger = anyUser();

        refuses("not_room_host", member.invite(roomId, stranger.id()));
        refuses("not_room_host", member.kick(roomId, host.id()));
        refuses("not_room_host", stranger.invite(roomId, stranger.id()));
        refuses("not_room_host", stranger.kick(roomId, member.id()));
        refuses("not_room_host", member.rename(roomId, "n"));
        refuses("not_room_host", stranger.rename(roomId, "n"));
    }

    @Test
    default void hostCannotKickNonMembers() {
        ImUser host = anyUser();
        refuses("not_in_room", host.kick(host.roomWith(), anyUser().id()));
    }

    @Test
    default void hostsCannotKickThemselves() {
        ImUser host = anyUser();
        Answer answer = host.kick(host.roomWith(), host.id());
        refuses("invalid_parameter", answer);
        assertThat(answer.json().get("parameter").getAsString()).isEqualTo("user_id");
    }

    @Test
    default void usersCannotMessageThemselves() {
        ImUser user = anyUser();
        Answer answer = user.write(user.id(), "m");
        refuses("invalid_parameter", answer);
        assertThat(answer.json().get("parameter").getAsString()).isEqualTo("to_user_id");
        assertThat(user.rooms()).isEmpty();
    }

    @Test
    default void reusedClientMsgIdWithOtherContentIsAConflict() {
        ImUser user = anyUser();
        String roomId = user.roomWith();
        String send = "rm/room/room_message";
        user.post(send, "room_id", roomId, "message", "one", "client_msg_id", "n1");

        refuses("conflict", user.post(send, "room_id", roomId, "message", "two", "client_msg_id", "n1"));
        refuses(
                "conflict",
                user.post(send, "room_id", roomId, "message", "one", "client_msg_id", "n1", "message_type", 2));
        assertThat(user.history(roomId)).hasSize(1);
    }

    private void ban(ImUser user) {
        try (StoredDocuments stored = stored()) {
            stored.set("user", "user_id", user.id(), "user_status", -1);
        }
    }

    private static void refuses(String error, Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.code()).isEqualTo(-1);
        assertThat(answer.error()).isEqualTo(error);
        assertThat(answer.msg()).isNotEmpty();
    }
}
