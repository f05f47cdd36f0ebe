package io.simpleim.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.push.Events;
import io.simpleim.push.Frame;
import io.simpleim.push.MessagePush;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewsFormatTest {
    private static final News.Audience BOTH = News.Audience.of(List.of("ann", "bob"));

    private static News.Push message(String text, boolean isAgain) {
        MessagePush push = new MessagePush("m7", 1, text, "r1", 2, "ann", 7, 1_700_000_000);
        return new News.Push("r1", BOTH, "s1", Frame.ofMessage(push), new News.Numbered(7, "ann", isAgain));
    }

    private static NewsFormat.Read only(String text) {
        List<NewsFormat.Read> all = NewsFormat.read(text);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static NewsFormat.Read again(News news, boolean isNext) {
        return only(NewsFormat.write(news, isNext));
    }

    private static void assertSame(News.Push read, News.Push written) {
        assertThat(read).usingRecursiveComparison().ignoringFields("frame").isEqualTo(written);
        assertThat(read.frame().text()).isEqualTo(written.frame().text());
        assertThat(read.frame().roomId()).isEqualTo(written.frame().roomId());
        assertThat(read.frame().seq()).isEqualTo(written.frame().seq());
    }

    /** Nodes of another version read it as well. */
    @Test
    void aMessageOnTheWire() {
        String text = """
                {"room":"r1","to":["ann","bob"],"own":"s1","seq":7,"from":"ann","next":true}
                {"message_id":"m7","message_type":1,"message_data":"hi","room_id":"r1","room_type":2,\
                "send_user_id":"ann","seq":7,"created_at":1700000000}
                """;

        assertThat(NewsFormat.write(message("hi", false), true)).isEqualTo(text);
        NewsFormat.Read read = only(text);
        assertThat(read.isNext()).isTrue();
        assertSame((News.Push) read.news(), message("hi", false));
    }

    @Test
    void allElseOnTheWire() {
        assertThat(NewsFormat.write(new News.SessionEnded("s1"), false)).isEqualTo("{\"ended\":\"s1\"}\n");
        assertThat(NewsFormat.write(new News.LookBack(1_700_000_000), false)).isEqualTo("{\"since\":1700000000}\n");
        assertThat(NewsFormat.write(new News.Acknowledges("ann"), false)).isEqualTo("{\"acks\":\"ann\"}\n");
        News.Push event =
                new News.Push("r1", News.Audience.ofRoom(3, "ann"), "", Frame.ofText("{\"event\":\"x\"}"), null);
        assertThat(NewsFormat.write(event, false))
                .isEqualTo("{\"room\":\"r1\",\"version\":3,\"except\":\"ann\"}\n{\"event\":\"x\"}\n");
    }

    @Test
    void aMessageIsReadAsItWasWritten() {
        assertThat(again(message("hi", false), false).isNext()).isFalse();
        assertThat(again(message("hi", false), true).isNext()).isTrue();
        assertSame((News.Push) again(message("hi", false), false).news(), message("hi", false));
    }

    @Test
    void whatIsToldAgainIsNeverNext() {
        NewsFormat.Read read = again(message("hi", true), true);

        assertThat(read.isNext()).isFalse();
        assertSame((News.Push) read.news(), message("hi", true));
    }

    @Test
    void anEventIsReadAsItWasWritten() {
        Frame typing = Frame.of(Events.typing("r1", "ann"));
        for (News.Audience audience : List.of(BOTH, News.Audience.ofRoom(5, ""), News.Audience.ofRoom(5, "ann"))) {
            News.Push event = new News.Push("r1", audience, "", typing, null);
            assertSame((News.Push) again(event, false).news(), event);
        }
    }

    @Test
    void sessionsAndLooksAreReadAsTheyWereWritten() {
        assertThat(again(new News.SessionEnded("s1"), false).news()).isEqualTo(new News.SessionEnded("s1"));
        assertThat(again(new News.Acknowledges("ann"), false).news()).isEqualTo(new News.Acknowledges("ann"));
        assertThat(again(new News.LookBack(1_700_000_000), false).news()).isEqualTo(new News.LookBack(1_700_000_000));
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
        String twice = NewsFormat.write(message(text, false), true) + NewsFormat.write(new News.LookBack(1), false);
        List<NewsFormat.Read> read = NewsFormat.read(twice);

        assertThat(read).hasSize(2);
        assertSame((News.Push) read.get(0).news(), message(text, false));
        assertThat(read.get(1).news()).isEqualTo(new News.LookBack(1));
    }

    @Test
    void severalAreReadInTheirOrder() {
        String all = NewsFormat.write(new News.LookBack(1), false)
                + NewsFormat.write(message("a", false), false)
                + NewsFormat.write(new News.SessionEnded("s"), false)
                + NewsFormat.write(message("b", false), true);

        assertThat(NewsFormat.read(all)).extracting(NewsFormat.Read::isNext).containsExactly(false, false, false, true);
        assertThat(NewsFormat.read("")).isEmpty();
    }

    @Test
    void whatANewerVersionTellsIsPassedOver() {
        String known = NewsFormat.write(message("hi", false), true);
        String more = known.replaceFirst("\\{", "{\"newer\":{\"a\":[1]},");
        String newKind = "{\"moved\":\"ann\"}\n";
        String newKindOfPush = "{\"topic\":\"t\"}\n{\"message_data\":\"x\",\"room_id\":\"r1\"}\n";

        List<NewsFormat.Read> read = NewsFormat.read(newKind + newKindOfPush + more + newKind);
        assertThat(read).hasSize(1);
        assertSame((News.Push) read.get(0).news(), message("hi", false));
    }

    @Test
    void aPushWithoutItsTextIsPassedOver() {
        assertThat(NewsFormat.read("{\"room\":\"r1\",\"to\":[\"ann\"]}\n")).isEmpty();
    }
}
