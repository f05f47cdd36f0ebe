package io.simpleim.api;

import java.util.Map;

/**
 * What an endpoint answers to a request that it has carried out.
 *
 * @param textKey the key of {@code msg}, below {@code success.} in the bundle
 * @param data what {@link io.simpleim.json.Json} can write
 */
public record Reply(String textKey, Object data) {
    /** An answer without data. */
    public static Reply done(String textKey) {
        return new Reply(textKey, Map.of());
    }
}
