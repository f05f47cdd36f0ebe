package io.simpleim.ws.operation;

import io.simpleim.api.Params;
import io.simpleim.catchup.SyncService;
import java.util.Map;

/**
 * The parameters of {@code sync}.
 *
 * @param held the last number that the client holds, by room, 0 or more
 * @param limit maximum number of messages of one room, 1 to {@value SyncService#MAX_PER_ROOM}
 */
public record SyncRequest(Map<String, Long> held, int limit) {
    private static final long DEFAULT_LIMIT = 100;

    static SyncRequest of(Params params) {
        return new SyncRequest(held(params), limit(params));
    }

    /** The last number that the client holds, by room. */
    public static Map<String, Long> held(Params params) {
        return params.numbers("rooms", 0, Long.MAX_VALUE);
    }

    /** Maximum number of messages of one room. */
    public static int limit(Params params) {
        return (int) params.number("limit", 1, SyncService.MAX_PER_ROOM)
                .orElse(DEFAULT_LIMIT)
                .longValue();
    }
}
