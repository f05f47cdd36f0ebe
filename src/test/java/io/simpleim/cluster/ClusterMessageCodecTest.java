package io.simpleim.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.event.MessagePush;
import io.simpleim.event.PushEvent;
import io.simpleim.push.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterMessageCodecTest {
    private static final ClusterMessage.Audience BOTH = ClusterMessage.Audience.of(List.of("ann", "bob"));

    private static ClusterMessage.Push message(String text, boolean isAgain) {
        MessagePush push = new MessagePush("m7", 1, text, "r1", 2, "ann", 7, 1_700_000_000);
        return new ClusterMessage.Push(
                "r1", BOTH, "s1", Frame.ofMessage(push), new ClusterMessage.Numbered(7, "ann", isAgain));
    }

    private static ClusterMessageCodec.Read only(String text) {
        List<ClusterMessageCodec.Read> all = ClusterMessageCodec.read(text);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static ClusterMessageCodec.Read again(ClusterMessage news, boolean isNext) {
        return only(ClusterMessageCodec.write(news, isNext));
    }

    private static void assertSame(ClusterMessage.Push read, ClusterMessage.Push written) {
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

        assertThat(ClusterMessageCodec.write(message("hi", false), true)).isEqualTo(text);
        ClusterMessageCodec.Read read = only(text);
        assertThat(read.isNext()).isTrue();
        assertSame((ClusterMessage.Push) read.news(), message("hi", false));
    }

    @Test
    void allElseOnTheWire() {
        assertThat(ClusterMessageCodec.write(new ClusterMessage.SessionEnded("s1"), false))
                .isEqualTo("{\"ended\":\"s1\"}\n");
        assertThat(ClusterMessageCodec.write(new ClusterMessage.LookBack(1_700_000_000), false))
                .isEqualTo("{\"since\":1700000000}\n");
        assertThat(ClusterMessageCodec.write(new ClusterMessage.Acknowledges("ann"), false))
                .isEqualTo("{\"acks\":\"ann\"}\n");
        ClusterMessage.Push event = new ClusterMessage.Push(
                "r1", ClusterMessage.Audience.ofRoom(3, "ann"), "", Frame.ofText("{\"event\":\"x\"}"), null);
        assertThat(ClusterMessageCodec.write(event, false))
                .isEqualTo("{\"room\":\"r1\",\"version\":3,\"except\":\"ann\"}\n{\"event\":\"x\"}\n");
    }

    @Test
    void aMessageIsReadAsItWasWritten() {
        assertThat(again(message("hi", false), false).isNext()).isFalse();
        assertThat(again(message("hi", false), true).isNext()).isTrue();
        assertSame((ClusterMessage.Push) again(message("hi", false), false).news(), message("hi", false));
    }

    @Test
    void whatIsToldAgainIsNeverNext() {
        ClusterMessageCodec.Read read = again(message("hi", true), true);

        assertThat(read.isNext()).isFalse();
        assertSame((ClusterMessage.Push) read.news(), message("hi", true));
    }

    @Test
    void anEventIsReadAsItWasWritten() {
        Frame typing = Frame.ofEvent(new PushEvent.Typing("r1", "ann"));
        for (ClusterMessage.Audience audience :
                List.of(BOTH, ClusterMessage.Audience.ofRoom(5, ""), ClusterMessage.Audience.ofRoom(5, "ann"))) {
            ClusterMessage.Push event = new ClusterMessage.Push("r1", audience, "", typing, null);
            assertSame((ClusterMessage.Push) again(event, false).news(), event);
        }
    }

    @Test
    void sessionsAndLooksAreReadAsTheyWereWritten() {
        assertThat(again(new ClusterMessage.SessionEnded("s1"), false).news())
                .isEqualTo(new ClusterMessage.SessionEnded("s1"));
        assertThat(again(new ClusterMessage.Acknowledges("ann"), false).news())
                .isEqualTo(new ClusterMessage.Acknowledges("ann"));
        assertThat(again(new ClusterMessage.LookBack(1_700_000_000), false).news())
                .isEqualTo(new ClusterMessage.LookBack(1_700_000_000));
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
        String twice = ClusterMessageCodec.write(message(text, false), true)
                + ClusterMessageCodec.write(new ClusterMessage.LookBack(1), false);
        List<ClusterMessageCodec.Read> read = ClusterMessageCodec.read(twice);

        assertThat(read).hasSize(2);
        assertSame((ClusterMessage.Push) read.get(0).news(), message(text, false));
        assertThat(read.get(1).news()).isEqualTo(new ClusterMessage.LookBack(1));
    }

    @Test
    void severalAreReadInTheirOrder() {
        String all = ClusterMessageCodec.write(new ClusterMessage.LookBack(1), false)
                + ClusterMessageCodec.write(message("a", false), false)
                + ClusterMessageCodec.write(new ClusterMessage.SessionEnded("s"), false)
                + ClusterMessageCodec.write(message("b", false), true);

        assertThat(ClusterMessageCodec.read(all))
                .extracting(ClusterMessageCodec.Read::isNext)
                .containsExactly(false, false, false, true);
        assertThat(ClusterMessageCodec.read("")).isEmpty();
    }

    @Test
    void whatANewerVersionTellsIsPassedOver() {
        String known = ClusterMessageCodec.write(message("hi", false), true);
        String more = known.replaceFirst("\\{", "{\"newer\":{\"a\":[1]},");
        String newKind = "{\"moved\":\"ann\"}\n";
        String newKindOfPush = "{\"topic\":\"t\"}\n{\"message_data\":\"x\",\"room_id\":\"r1\"}\n";

        List<ClusterMessageCodec.Read> read = ClusterMessageCodec.read(newKind + newKindOfPush + more + newKind);
        assertThat(read).hasSize(1);
        assertSame((ClusterMessage.Push) read.get(0).news(), message("hi", false));
    }

    @Test
    void aPushWithoutItsTextIsPassedOver() {
        assertThat(ClusterMessageCodec.read("{\"room\":\"r1\",\"to\":[\"ann\"]}\n"))
                .isEmpty();
    }
}
