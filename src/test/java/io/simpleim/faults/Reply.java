package io.simpleim.faults;

import com.google.gson.JsonObject;
import io.simpleim.testing.Answer;

/**
 * What became of one send, whichever way it took.
 *
 * @param canComeAgain whether a refusal says when to try again, or need not
 */
record Reply(JsonObject json, boolean canComeAgain) {
    static Reply of(Answer answer) {
        boolean isRefused = answer.status() == 503;
        return new Reply(
                answer.json(), !isRefused || !answer.header("Retry-After").isEmpty());
    }

    static Reply of(JsonObject frame) {
        return new Reply(frame, true);
    }

    boolean isStored() {
        return json.get("code").getAsInt() == 200;
    }

    /** The store is away for now: to be sent again. */
    boolean isUnavailable() {
        return json.has("error") && json.get("error").getAsString().equals("unavailable") && canComeAgain;
    }
}
