package io.simpleim.push;

import io.simpleim.event.MessagePush;
import io.simpleim.event.PushEvent;
import io.simpleim.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a frame carries, before it is encoded. Immutable, provided that the map of an {@link Answer} is not changed. */
sealed interface FrameContent {
    /** The text on the wire. */
    String text();

    /** The answer to a frame of the client. */
    record Answer(Map<String, @Nullable Object> members) implements FrameContent {
        @Override
        public String text() {
            return Json.write(members);
        }
    }

    record Event(PushEvent event) implements FrameContent {
        private record Header(int messageType, String event) {}

        @Override
        public String text() {
            return Json.write(
                    new Header(event.type().messageType(), event.type().event()), (Record) event);
        }
    }

    /** A message that this node has just stored. */
    record Message(MessagePush message) implements FrameContent {
        @Override
        public String text() {
            return Json.write(message);
        }
    }

    /** A message that was read from the store because its announcement did not arrive in time. */
    record LateMessage(MessagePush message) implements FrameContent {
        @Override
        public String text() {
            return Json.write(message);
        }
    }

    /** A text that is ready to send, such as a push that another node has encoded. */
    record Text(String text) implements FrameContent {}

    /**
     * Stands for content that is not sent, on the connection that caused it. It keeps the place of the original, so
     * that receipts have no hole.
     */
    record Placeholder(FrameContent original) implements FrameContent {
        @Override
        public String text() {
            return "";
        }
    }
}
