package io.simpleim.cluster.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The text of cluster messages in a stream: for each message a line of JSON, its header, and for a push a second line with
 * the frame as clients get it. Unknown kinds and members are skipped, since a newer version may have written them.
 */
public final class ClusterMessageCodec {
    private ClusterMessageCodec() {}

    /** Returns a text that ends with a line break; texts of several messages may be concatenated. */
    public static String write(ClusterMessage message) {
        MessageWriter out = new MessageWriter();
        message.write(out);
        return out.text();
    }

    /**
     * Reads the messages that were written one after the other.
     *
     * @throws RuntimeException if a line that should be a header is not a JSON object
     */
    public static List<ClusterMessage> read(String text) {
        List<ClusterMessage> messages = new ArrayList<>();
        MessageReader in = new MessageReader(text);
        while (in.nextHeader()) {
            readOne(in).ifPresent(messages::add);
        }
        return messages;
    }

    private static Optional<? extends ClusterMessage> readOne(MessageReader in) {
        for (ClusterMessageKind kind : ClusterMessageKind.values()) {
            Optional<? extends ClusterMessage> message = kind.read(in);
            if (message.isPresent()) {
                return message;
            }
        }
        return Optional.empty();
    }
}
