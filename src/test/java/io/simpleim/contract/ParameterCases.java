package io.simpleim.contract;

import io.simpleim.testing.ImClient;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Invalid values for each parameter of each call. {@code {room}} stands for a room of the caller's, {@code {user}} for
 * another user.
 */
final class ParameterCases {
    private static final String LOGIN = "POST user/get_login_token";
    private static final String SESSIONS = "POST user/get_session_list";
    private static final String END = "POST user/end_sessions";
    private static final String END_OWN = "POST u/user/end_sessions";
    private static final String SINGLE = "POST rm/room/single_message";
    private static final String ENTER = "POST rm/room/enter_room";
    private static final String INVITE = "POST rm/room/invite_user_enter_room";
    private static final String EXIT = "POST rm/room/exit_room";
    private static final String KICK = "POST rm/room/kick_out_room";
    private static final String CREATE = "POST rm/room/create_room";
    private static final String RENAME = "POST rm/room/set_room_name";
    private static final String MEMBERS = "GET rm/room/get_room_member_list";
    private static final String SEND = "POST rm/room/room_message";
    private static final String ROOMS = "GET rm/room/get_room_list";
    private static final String HISTORY = "GET rm/room/get_room_message_list";

    private static final String[] NO_USER_IDS = {
        "", "x".repeat(65), "a b", " a", "a\t", "a\n", "\u3000", "a\u00a0b", "a\u0000b", "a\u007f", "a\u0085"
    };
    /** One byte over 16384, in characters of three bytes. */
    private static final String TOO_LONG = "好".repeat(5461) + "ab";

    private static final String[] NO_MESSAGES = {"", TOO_LONG};
    private static final String[] NO_MESSAGE_TYPES = {"0", "-1", "10000", "x", "", "1.5"};
    private static final String[] NO_CLIENT_MSG_IDS = {"", "x".repeat(65)};
    private static final String[] NO_NAMES = {
        "",
        " ",
        "\u3000",
        "\u00a0\t\n",
        "x".repeat(65),
        "a\u0000b",
        "a\tb",
        "a\nb",
        "a\u007f",
        "\u0085a\u001b",
        "a\u2028b"
    };
    private static final String[] NO_PAGES = {"0", "-1", "x", "", "1.5"};
    private static final String[] NO_PAGE_SIZES = {"0", "-1", "101", "x", ""};

    private ParameterCases() {}

    /** Required parameters: call, its parameters, the name of a required one. */
    static Stream<Arguments> required() {
        return Stream.of(
                missing(LOGIN, "user_id"),
                missing(SESSIONS, "user_id"),
                missing(END, "user_id", "user_id", "{user}", "session_id", "s"),
                missing(SINGLE, "to_user_id", "to_user_id", "{user}", "message", "m"),
                missing(SINGLE, "message", "to_user_id", "{user}", "message", "m"),
                missing(ENTER, "room_id"),
                missing(INVITE, "room_id", "room_id", "{room}", "invite_user_id", "{user}"),
                missing(INVITE, "invite_user_id", "room_id", "{room}", "invite_user_id", "{user}"),
                missing(EXIT, "room_id"),
                missing(KICK, "room_id", "room_id", "{room}", "user_id", "{user}"),
                missing(KICK, "user_id", "room_id", "{room}", "user_id", "{user}"),
                missing(RENAME, "room_id", "room_id", "{room}", "name", "n"),
                missing(RENAME, "name", "room_id", "{room}", "name", "n"),
                missing(MEMBERS, "room_id"),
                missing(SEND, "room_id", "room_id", "{room}", "message", "m"),
                missing(SEND, "message", "room_id", "{room}", "message", "m"),
                missing(HISTORY, "room_id"));
    }

    /** Invalid values: call, its parameters, the name of the invalid one. */
    static Stream<Arguments> invalid() {
        Object[] toUser = {"to_user_id", "{user}", "message", "m"};
        Object[] toRoom = {"room_id", "{room}", "message", "m"};
        Object[] room = {"room_id", "{room}"};
        return Stream.of(
                        invalid(LOGIN, "user_id", NO_USER_IDS),
                        invalid(SESSIONS, "user_id", NO_USER_IDS),
                        invalid(END, "user_id", NO_USER_IDS),
                        invalid(END, "session_id", new String[] {""}, "user_id", "{user}"),
                        invalid(END_OWN, "session_id", new String[] {""}),
                        invalid(SINGLE, "to_user_id", NO_USER_IDS, "message", "m"),
                        invalid(INVITE, "invite_user_id", NO_USER_IDS, room),
                        invalid(KICK, "user_id", NO_USER_IDS, room),
                        invalid(CREATE, "name", NO_NAMES),
                        invalid(RENAME, "name", NO_NAMES, room),
                        invalid(MEMBERS, "page", NO_PAGES, room),
                        invalid(MEMBERS, "page_size", NO_PAGE_SIZES, room),
                        invalid(SINGLE, "message", NO_MESSAGES, "to_user_id", "{user}"),
                        invalid(SEND, "message", NO_MESSAGES, room),
                        invalid(SINGLE, "message_type", NO_MESSAGE_TYPES, toUser),
                        invalid(SEND, "message_type", NO_MESSAGE_TYPES, toRoom),
                        invalid(SINGLE, "client_msg_id", NO_CLIENT_MSG_IDS, toUser),
                        invalid(SEND, "client_msg_id", NO_CLIENT_MSG_IDS, toRoom),
                        invalid(ROOMS, "page", NO_PAGES),
                        invalid(ROOMS, "page_size", NO_PAGE_SIZES),
                        invalid(ROOMS, "room_type", new String[] {"0", "3", "-1", "x", ""}),
                        invalid(HISTORY, "page", NO_PAGES, room),
                        invalid(HISTORY, "page_size", NO_PAGE_SIZES, room),
                        invalid(HISTORY, "before_seq", new String[] {"0", "-1", "x", ""}, room),
                        invalid(HISTORY, "after_seq", new String[] {"-1", "x", ""}, room))
                .flatMap(cases -> cases);
    }

    private static Arguments missing(String call, String parameter, Object... all) {
        Map<String, Object> rest = ImClient.params(all);
        rest.remove(parameter);
        return Arguments.of(call, rest, parameter);
    }

    private static Stream<Arguments> invalid(String call, String parameter, String[] values, Object... others) {
        return Stream.of(values).map(value -> {
            Map<String, Object> all = ImClient.params(others);
            all.put(parameter, value);
            return Arguments.of(call, all, parameter);
        });
    }
}
