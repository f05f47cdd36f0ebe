package io.simpleim.faults;

import com.google.gson.JsonObject;
import io.simpleim.testing.Answer;

/**
 * What became of one send, whichever way it took.
 *
 * @param isRetryable whether a refusal says when to try again, or need not
 */
record SendOutcome(JsonObject json, boolean isRetryable) {
    static SendOutcome of(Answer answer) {
        boolean isRefused = answer.status() == 503;
        return new SendOutcome(
                answer.json(), !isRefused || !answer.header("Retry-After").isEmpty());
    }

    static SendOutcome of(JsonObject frame) {
        return new SendOutcome(frame, true);
    }

    boolean isStored() {
        return json.get("code").getAsInt() == 200;
    }

    /** The store is away for now: to be sent again. */
    boolean isUnavailable() {
        return json.has("error") && json.get("error").getAsString().equals("unavailable") && isRetryable;
    }
}
