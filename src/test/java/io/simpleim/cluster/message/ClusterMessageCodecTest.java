package io.simpleim.cluster.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.event.MessagePush;
import io.simpleim.event.PushEvent;
import io.simpleim.feed.Delivery.Continuity;
import io.simpleim.push.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterMessageCodecTest {
    private static final Audience BOTH = Audience.of(List.of("ann", "bob"));

    private static Push message(String text, Continuity continuity) {
        MessagePush push = new MessagePush("m7", 1, text, "r1", 2, "ann", 7, 1_700_000_000);
        return new Push("r1", BOTH, "s1", Frame.ofMessage(push), new Push.Numbered(7, "ann", continuity));
    }

    private static ClusterMessage only(String text) {
        List<ClusterMessage> all = ClusterMessageCodec.read(text);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static ClusterMessage again(ClusterMessage message) {
        return only(ClusterMessageCodec.write(message));
    }

    private static void assertSame(Push read, Push written) {
        assertThat(read).usingRecursiveComparison().ignoringFields("frame").isEqualTo(written);
        assertThat(read.frame().text()).isEqualTo(written.frame().text());
        assertThat(read.frame().place()).isEqualTo(written.frame().place());
    }

    /** Nodes of another version read it as well. */
    @Test
    void aMessageOnTheWire() {
        String text = """
                {"room":"r1","to":["ann","bob"],"own":"s1","seq":7,"from":"ann","next":true}
                {"message_id":"m7","message_type":1,"message_data":"hi","room_id":"r1","room_type":2,\
                "send_user_id":"ann","seq":7,"created_at":1700000000}
                """;

        assertThat(ClusterMessageCodec.write(message("hi", Continuity.NEXT))).isEqualTo(text);
        assertSame((Push) only(text), message("hi", Continuity.NEXT));
    }

    @Test
    void otherKindsOnTheWire() {
        assertThat(ClusterMessageCodec.write(new SessionEnded("s1"))).isEqualTo("{\"ended\":\"s1\"}\n");
        assertThat(ClusterMessageCodec.write(new CatchUpRequest(1_700_000_000))).isEqualTo("{\"since\":1700000000}\n");
        assertThat(ClusterMessageCodec.write(new Acknowledges("ann"))).isEqualTo("{\"acks\":\"ann\"}\n");
        Push event = new Push("r1", Audience.ofRoom(3, "ann"), "", Frame.ofText("{\"event\":\"x\"}"), null);
        assertThat(ClusterMessageCodec.write(event))
                .isEqualTo("{\"room\":\"r1\",\"version\":3,\"except\":\"ann\"}\n{\"event\":\"x\"}\n");
    }

    @Test
    void aMessageIsReadAsItWasWritten() {
        assertSame((Push) again(message("hi", Continuity.NEW)), message("hi", Continuity.NEW));
        assertSame((Push) again(message("hi", Continuity.NEXT)), message("hi", Continuity.NEXT));
    }

    @Test
    void aRepeatedMessageIsNeverNext() {
        String text = ClusterMessageCodec.write(message("hi", Continuity.AGAIN));

        assertThat(text).contains("\"again\":true").doesNotContain("\"next\"");
        assertSame((Push) only(text), message("hi", Continuity.AGAIN));
        String both = text.replaceFirst("\\{", "{\"next\":true,");
        assertSame((Push) only(both), message("hi", Continuity.AGAIN));
    }

    @Test
    void anEventIsReadAsItWasWritten() {
        Frame typing = Frame.ofEvent(new PushEvent.Typing("r1", "ann"));
        for (Audience audience : List.of(BOTH, Audience.ofRoom(5, ""), Audience.ofRoom(5, "ann"))) {
            Push event = new Push("r1", audience, "", typing, null);
            assertSame((Push) again(event), event);
        }
    }

    @Test
    void otherKindsAreReadAsTheyWereWritten() {
        assertThat(again(new SessionEnded("s1"))).isEqualTo(new SessionEnded("s1"));
        assertThat(again(new Acknowledges("ann"))).isEqualTo(new Acknowledges("ann"));
        assertThat(again(new CatchUpRequest(1_700_000_000))).isEqualTo(new CatchUpRequest(1_700_000_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "say \"yes\" \\ no",
                "one\ntwo\r\nthree\rfour",
                "\uD83D\uDE00 \u4F60\u597D",
                "line\u2028paragraph\u2029next\u0085",
                "{\"ended\":\"s\"}\n{\"since\":1}",
                "\u0000\u000B\f\u001C",
                ""
            })
    void anyTextStaysOnItsLine(String text) {
        String twice = ClusterMessageCodec.write(message(text, Continuity.NEXT))
                + ClusterMessageCodec.write(new CatchUpRequest(1));
        List<ClusterMessage> read = ClusterMessageCodec.read(twice);

        assertThat(read).hasSize(2);
        assertSame((Push) read.get(0), message(text, Continuity.NEXT));
        assertThat(read.get(1)).isEqualTo(new CatchUpRequest(1));
    }

    @Test
    void severalAreReadInTheirOrder() {
        String all = ClusterMessageCodec.write(new CatchUpRequest(1))
                + ClusterMessageCodec.write(message("a", Continuity.NEW))
                + ClusterMessageCodec.write(new SessionEnded("s"))
                + ClusterMessageCodec.write(message("b", Continuity.NEXT));

        assertThat(ClusterMessageCodec.read(all))
                .extracting(
                        message -> message instanceof Push push ? push.message().continuity() : null)
                .containsExactly(null, Continuity.NEW, null, Continuity.NEXT);
        assertThat(ClusterMessageCodec.read("")).isEmpty();
    }

    @Test
    void unknownKindsAndMembersAreSkipped() {
        String known = ClusterMessageCodec.write(message("hi", Continuity.NEXT));
        String more = known.replaceFirst("\\{", "{\"newer\":{\"a\":[1]},");
        String newKind = "{\"moved\":\"ann\"}\n";
        String newKindOfPush = "{\"topic\":\"t\"}\n{\"message_data\":\"x\",\"room_id\":\"r1\"}\n";

        List<ClusterMessage> read = ClusterMessageCodec.read(newKind + newKindOfPush + more + newKind);
        assertThat(read).hasSize(1);
        assertSame((Push) read.get(0), message("hi", Continuity.NEXT));
    }

    @Test
    void aPushWithoutItsTextIsSkipped() {
        assertThat(ClusterMessageCodec.read("{\"room\":\"r1\",\"to\":[\"ann\"]}\n"))
                .isEmpty();
    }

    @Test
    void everyKindIsReadAsItself() {
        List<ClusterMessage> samples = List.of(
                new SessionEnded("s1"), new Acknowledges("ann"), new CatchUpRequest(1), message("hi", Continuity.NEW));

        assertThat(samples)
                .allSatisfy(sample -> assertThat(again(sample).kind()).isEqualTo(sample.kind()))
                .extracting(ClusterMessage::kind)
                .containsExactlyInAnyOrder(ClusterMessageKind.values());
    }
}
