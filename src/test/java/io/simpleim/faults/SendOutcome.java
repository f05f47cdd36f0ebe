package io.simpleim.faults;

import com.google.gson.JsonObject;
import io.simpleim.testing.Answer;

/**
 * The outcome of one send over any channel.
 *
 * @param isRetryable false if a refusal lacks the required {@code Retry-After}
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

    /** Whether the store is unavailable and the send has to be retried. */
    boolean isUnavailable() {
        return json.has("error") && json.get("error").getAsString().equals("unavailable") && isRetryable;
    }
}
