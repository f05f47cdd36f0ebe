package io.simpleim.api;

import java.util.Map;

/**
 * The result of a request that succeeded.
 *
 * @param textKey the key of {@code msg} below {@code success.} in the bundle
 * @param data a value that {@link io.simpleim.json.Json} can write
 */
public record Reply(String textKey, Object data) {
    /** A result without data. */
    public static Reply done(String textKey) {
        return new Reply(textKey, Map.of());
    }
}
