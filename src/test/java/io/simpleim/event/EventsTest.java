package io.simpleim.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.push.Frame;
import io.simpleim.push.Samples;
import io.simpleim.push.StreamKey;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Events and messages as clients read them. */
class EventsTest {
    static List<Arguments> onTheWire() {
        return List.of(
                Arguments.of(
                        Frame.ofEvent(PushEvent.Disconnect.of(CloseCode.TOKEN_EXPIRED)),
                        "{\"message_type\":10001,\"event\":\"disconnect\",\"reason\":\"token_expired\"}"),
                Arguments.of(
                        Frame.ofEvent(new PushEvent.Read("r", "ann", 7)),
                        "{\"message_type\":10003,\"event\":\"read\",\"room_id\":\"r\",\"user_id\":\"ann\",\"seq\":7}"),
                Arguments.of(
                        Frame.ofEvent(new PushEvent.Typing("r", "ann")),
                        "{\"message_type\":10004,\"event\":\"typing\",\"room_id\":\"r\",\"user_id\":\"ann\"}"),
                Arguments.of(
                        Frame.ofEvent(new PushEvent.MemberJoined("r", "ann", "bob")),
                        "{\"message_type\":10005,\"event\":\"member_joined\",\"room_id\":\"r\",\"user_id\":\"ann\","
                                + "\"by_user_id\":\"bob\"}"),
                Arguments.of(
                        Frame.ofEvent(new PushEvent.MemberLeft("r", "ann", "bob")),
                        "{\"message_type\":10006,\"event\":\"member_left\",\"room_id\":\"r\",\"user_id\":\"ann\","
                                + "\"by_user_id\":\"bob\"}"),
                Arguments.of(
                        Frame.ofEvent(PushEvent.RoomUpdated.withHost("r", "ann")),
                        "{\"message_type\":10007,\"event\":\"room_updated\",\"room_id\":\"r\","
                                + "\"room_host_user_id\":\"ann\"}"),
                Arguments.of(
                        Frame.ofEvent(PushEvent.RoomUpdated.withName("r", "Lunch")),
                        "{\"message_type\":10007,\"event\":\"room_updated\",\"room_id\":\"r\",\"name\":\"Lunch\"}"),
                Arguments.of(
                        Frame.ofEvent(new PushEvent.RoomDismissed("r")),
                        "{\"message_type\":10008,\"event\":\"room_dismissed\",\"room_id\":\"r\"}"),
                Arguments.of(
                        Frame.ofGap(StreamKey.ofMessages("r"), 3, 50),
                        "{\"message_type\":10010,\"event\":\"gap\",\"room_id\":\"r\",\"after_seq\":3,"
                                + "\"before_seq\":50}"),
                Arguments.of(
                        Samples.message("r", 7),
                        "{\"message_id\":\"id7\",\"message_type\":1,\"message_data\":\"hello\",\"room_id\":\"r\","
                                + "\"room_type\":2,\"send_user_id\":\"sender\",\"seq\":7,\"created_at\":1700000000}"));
    }

    @ParameterizedTest
    @MethodSource("onTheWire")
    void eachPushIsWrittenAsDocumented(Frame frame, String expected) {
        assertThat(frame.text()).isEqualTo(expected);
    }

    @Test
    void everyTypeIsCovered() {
        Stream<String> texts = onTheWire().stream().map(arguments -> arguments.get()[1].toString());
        String all = String.join("\n", texts.toList());

        assertThat(Arrays.stream(PushType.values()))
                .allSatisfy(type -> assertThat(all)
                        .contains("\"message_type\":" + type.messageType() + ",\"event\":\"" + type.event() + "\""));
    }
}
