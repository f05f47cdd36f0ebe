package io.simpleim.ws.operation;

import io.simpleim.api.Envelope;
import io.simpleim.api.Language;
import io.simpleim.api.Reply;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a frame that was carried out.
 *
 * @param op the value of the answer's {@code op}
 * @param reply the content of its envelope; null if it has none
 */
public record Answer(String op, @Nullable Reply reply) {
    /** The {@code op} of answers with an envelope. */
    public static final String REPLY = "reply";

    /** An answer with an envelope. */
    static Answer reply(String textKey, Object data) {
        return new Answer(REPLY, new Reply(textKey, data));
    }

    /** An answer with an envelope without data. */
    static Answer done(String textKey) {
        return new Answer(REPLY, Reply.done(textKey));
    }

    /** The envelope in a language; empty if the answer has none. */
    public Map<String, @Nullable Object> envelope(Language language) {
        return reply == null ? Map.of() : Envelope.success(language, reply.textKey(), reply.data());
    }
}
