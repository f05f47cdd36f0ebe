package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.Pushes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The backlog that a user gets on connecting: its content and order. */
interface OfflinePushContract extends ApiSuite {
    /** {@code [limits] offlinePerRoom}. */
    int MOST_PER_ROOM = 200;

    @Test
    default void backlogArrivesOnConnectRoomByRoomOldestFirstBeforeLiveMessages() {
        ImUser host = anyUser();
        ImUser away = anyUser();
        String group = host.roomWith(away);
        String other = host.roomWith(away);
        IntStream.rangeClosed(1, 3).forEach(i -> host.say(group, "g" + i));
        String single = host.write(away.id(), "s1").data().get("room_id").getAsString();
        host.say(other, "o1");
        host.write(away.id(), "s2");

        try (ImSocket socket = away.connect()) {
            Map<String, List<Long>> seqs = new TreeMap<>();
            for (int i = 0; i < 6; i++) {
                JsonObject push = Pushes.nextMessage(socket);
                seqs.computeIfAbsent(push.get("room_id").getAsString(), id -> new ArrayList<>())
                        .add(push.get("seq").getAsLong());
            }
            assertThat(seqs).isEqualTo(Map.of(group, List.of(1L, 2L, 3L), single, List.of(1L, 2L), other, List.of(1L)));
            host.say(group, "live");
            assertThat(Pushes.nextSeqs(socket, 1)).containsExactly(4L);
        }
    }

    @Test
    default void backlogMessageHasTheFieldsOfAPush() {
        ImUser host = anyUser();
        ImUser away = anyUser();
        ImUser there = anyUser();
        String roomId = host.roomWith(away, there);
        try (ImSocket live = there.listen()) {
            host.post("rm/room/room_message", "room_id", roomId, "message", "你好 🙂 \"x\"\n", "message_type", 7);
            JsonObject pushed = Pushes.nextMessage(live);
            try (ImSocket socket = away.connect()) {
                assertThat(Pushes.nextMessage(socket)).isEqualTo(pushed);
            }
        }
    }

    @Test
    default void messagesWrittenToAClientThatNeverAcksAreNotRepeated() {
        ImUser host = anyUser();
        ImUser away = anyUser();
        String roomId = host.roomWith(away);
        host.sayMany(roomId, 1, 3);
        try (ImSocket socket = away.connect()) {
            assertThat(Pushes.nextSeqs(socket, 3)).containsExactly(1L, 2L, 3L);
            host.say(roomId, "live");
            assertThat(Pushes.nextSeqs(socket, 1)).containsExactly(4L);
            leave(socket);
        }
        host.say(roomId, "missed");
        try (ImSocket socket = away.inAnotherSession().connect()) {
            assertThat(Pushes.nextSeqs(socket, 1)).containsExactly(5L);
            leave(socket);
        }
        host.say(roomId, "missed again");
        try (ImSocket socket = away.connect()) {
            assertThat(Pushes.nextSeqs(socket, 1)).containsExactly(6L);
        }
    }

    @Test
    default void clientThatAcksGetsEverythingUnackedAgain() {
        ImUser host = anyUser();
        ImUser away = anyUser();
        String roomId = host.roomWith(away);
        host.sayMany(roomId, 1, 5);
        confirm(away, roomId, 1);
        try (ImSocket socket = away.connect()) {
            assertThat(Pushes.nextSeqs(socket, 4)).containsExactly(2L, 3L, 4L, 5L);
            Pushes.ask(socket, "op", "ack", "room_id", roomId, "seq", 3);
            socket.leave();
        }
        for (int i = 0; i < 2; i++) {
            try (ImSocket socket = away.inAnotherSession().connect()) {
                assertThat(Pushes.nextSeqs(socket, 2)).containsExactly(4L, 5L);
                socket.leave();
            }
        }
    }

    @Test
    default void allDevicesOfAUserThatAcksGetUnackedMessages() {
        ImUser host = anyUser();
        ImUser away = anyUser();
        String roomId = host.roomWith(away);
        host.sayMany(roomId, 1, 3);
        confirm(away, roomId, 1);
        try (ImSocket phone = away.connect();
                ImSocket desktop = away.inAnotherSession().connectLiveOnly()) {
            try (ImSocket tablet = away.inAnotherSession().connect();
                    ImSocket watch = away.inAnotherSession().connect()) {
                host.say(roomId, "live");
                assertThat(Pushes.nextSeqs(phone, 3)).containsExactly(2L, 3L, 4L);
                assertThat(Pushes.nextSeqs(desktop, 1)).containsExactly(4L);
                assertThat(Pushes.nextSeqs(tablet, 3)).containsExactly(2L, 3L, 4L);
                assertThat(Pushes.nextSeqs(watch, 3)).containsExactly(2L, 3L, 4L);
            }
        }
    }

    @Test
    default void withoutOfflinePushNoBacklogArrivesAndNothingCountsAsReceived() {
        ImUser host = anyUser();
        ImUser away = anyUser();
        String roomId = host.roomWith(away);
        host.sayMany(roomId, 1, 2);
        try (ImSocket socket = away.connectLiveOnly()) {
            host.say(roomId, "live");
            assertThat(Pushes.nextSeqs(socket, 1)).containsExactly(3L);
        }
        try (ImSocket socket = away.connect()) {
            assertThat(Pushes.nextSeqs(socket, 3)).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    default void ownMessagesReachOtherDevicesButNotTheSendingConnection() {
        ImUser user = anyUser();
        ImUser other = anyUser();
        String roomId = user.roomWith(other);
        try (ImSocket socket = user.connect()) {
            for (int i = 1; i <= 3; i++) {
                Pushes.ask(socket, "op", "room_message", "room_id", roomId, "message", "own " + i);
            }
            other.say(roomId, "from another");
            // Pushes keep their order, so none of the user's own messages preceded this one.
            assertThat(Pushes.nextSeqs(socket, 1)).containsExactly(4L);
            leave(socket);
        }
        user.say(roomId, "while no device is connected");
        try (ImSocket socket = user.inAnotherSession().connect()) {
            JsonObject push = Pushes.nextMessage(socket);
            assertThat(push.get("seq").getAsLong()).isEqualTo(5);
            assertThat(push.get("send_user_id").getAsString()).isEqualTo(user.id());
        }
    }

    @Test
    default void liveMessagesFollowTheBacklogOnceAndWithoutAGap() {
        ImUser host = anyUser();
        ImUser[] away = {anyUser(), anyUser(), anyUser()};
        String roomId = host.roomWith(away);
        int before = 120;
        int all = 180;
        host.sayMany(roomId, 1, before);
        List<ImSocket> sockets = new ArrayList<>();
        Thread talking = new Thread(() -> host.sayMany(roomId, before + 1, all), "talking");
        talking.start();
        for (ImUser user : away) {
            sockets.add(user.connect());
        }
        for (ImSocket socket : sockets) {
            assertThat(Pushes.nextSeqs(socket, all))
                    .isEqualTo(LongStream.rangeClosed(1, all).boxed().toList());
            socket.close();
        }
    }

    @Test
    default void oversizedBacklogIsCutToTheNewestAfterAGapEvent() {
        ImUser host = anyUser();
        ImUser away = anyUser();
        String roomId = host.roomWith(away);
        host.sayMany(roomId, 1, 2);
        confirm(away, roomId, 2);
        int all = MOST_PER_ROOM + 5;
        host.sayMany(roomId, 3, all);
        try (ImSocket socket = away.connect()) {
            JsonObject gap = socket.next();
            assertThat(gap.get("message_type").getAsInt()).isEqualTo(10010);
            assertThat(gap.get("event").getAsString()).isEqualTo("gap");
            assertThat(gap.get("room_id").getAsString()).isEqualTo(roomId);
            assertThat(gap.get("after_seq").getAsLong()).isEqualTo(2);
            assertThat(gap.get("before_seq").getAsLong()).isEqualTo(6);
            assertThat(Pushes.nextSeqs(socket, MOST_PER_ROOM))
                    .isEqualTo(LongStream.rangeClosed(6, all).boxed().toList());
        }
    }

    @Test
    default void backlogAtTheLimitArrivesWithoutAGap() {
        ImUser host = anyUser();
        ImUser away = anyUser();
        String roomId = host.roomWith(away);
        host.sayMany(roomId, 1, MOST_PER_ROOM);
        try (ImSocket socket = away.connect()) {
            for (int i = 1; i <= MOST_PER_ROOM; i++) {
                assertThat(socket.next().get("seq").getAsLong()).isEqualTo(i);
            }
            leave(socket);
        }
        host.say(roomId, "next");
        try (ImSocket socket = away.connect()) {
            assertThat(socket.next().get("seq").getAsLong()).isEqualTo(MOST_PER_ROOM + 1);
        }
    }

    @Test
    default void gapCountsAsReceivedForAClientThatNeverAcks() {
        ImUser host = anyUser();
        ImUser away = anyUser();
        String roomId = host.roomWith(away);
        host.sayMany(roomId, 1, MOST_PER_ROOM + 1);
        try (ImSocket socket = away.connect()) {
            assertThat(socket.next().get("event").getAsString()).isEqualTo("gap");
            Pushes.nextSeqs(socket, MOST_PER_ROOM);
            leave(socket);
        }
        host.say(roomId, "next");
        try (ImSocket socket = away.connect()) {
            assertThat(socket.next().get("seq").getAsLong()).isEqualTo(MOST_PER_ROOM + 2);
        }
    }

    @Test
    default void enteringOrReenteringARoomStartsAtItsHead() {
        ImUser host = anyUser();
        ImUser guest = anyUser();
        String roomId = host.roomWith();
        host.sayMany(roomId, 1, 3);
        guest.enter(roomId);
        host.say(roomId, "4");
        try (ImSocket socket = guest.connect()) {
            assertThat(Pushes.nextSeqs(socket, 1)).containsExactly(4L);
            leave(socket);
        }
        host.say(roomId, "5");
        host.kick(roomId, guest.id());
        host.say(roomId, "6");
        guest.enter(roomId);
        host.say(roomId, "7");
        try (ImSocket socket = guest.connect()) {
            assertThat(Pushes.nextSeqs(socket, 1)).containsExactly(7L);
        }
    }

    @Test
    default void largeMessageArrivesWholeFromBacklogAndLive() {
        ImUser sender = anyUser();
        ImUser away = anyUser();
        String text = "好🙂".repeat(16384 / 7);
        sender.write(away.id(), text);
        try (ImSocket socket = away.connect()) {
            assertThat(Pushes.nextMessage(socket).get("message_data").getAsString())
                    .isEqualTo(text);
            sender.write(away.id(), text);
            assertThat(Pushes.nextMessage(socket).get("message_data").getAsString())
                    .isEqualTo(text);
        }
    }

    @Test
    default void formerMemberGetsNoBacklogOfTheRoom() {
        ImUser host = anyUser();
        ImUser away = anyUser();
        String left = host.roomWith(away);
        String kept = host.roomWith(away);
        host.say(left, "missed");
        host.say(kept, "missed too");
        away.exit(left);
        try (ImSocket socket = away.connect()) {
            assertThat(Pushes.nextMessage(socket).get("room_id").getAsString()).isEqualTo(kept);
            host.say(kept, "live");
            assertThat(Pushes.nextMessage(socket).get("room_id").getAsString()).isEqualTo(kept);
        }
    }

    /** Waits until the server has recorded its last write, which it does before the next one. */
    private static void leave(ImSocket socket) {
        assertThat(Pushes.messagesSoFar(socket)).isEmpty();
        socket.leave();
    }

    /** From the first ack on, the server relies on acks rather than on what it has written. */
    private static void confirm(ImUser user, String roomId, long seq) {
        try (ImSocket socket = user.connectLiveOnly()) {
            JsonObject reply = Pushes.ask(socket, "op", "ack", "room_id", roomId, "seq", seq);
            assertThat(reply.get("code").getAsInt()).isEqualTo(200);
        }
    }
}
