package io.simpleim.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The facts about a request or a frame that the logs name. Immutable; a fact that is null is unknown.
 *
 * @param requestId identifies the request or frame in the logs
 * @param partner the name of the partner whose key was presented
 * @param userId of the user whose token was presented
 * @param sessionId of the session whose token was presented
 * @param address of the client, in digits
 * @param path below the application, without the query, which may hold a token
 */
public record RequestFacts(
        @Nullable String requestId,
        @Nullable String partner,
        @Nullable String userId,
        @Nullable String sessionId,
        @Nullable String address,
        @Nullable String path) {
    static final String REQUEST_ID = "request_id";
    static final String PARTNER = "partner";
    static final String USER_ID = "user_id";
    static final String SESSION_ID = "session_id";
    static final String ADDRESS = "address";
    static final String PATH = "path";

    /** Nothing is known: the work belongs to no request. */
    public static final RequestFacts NONE = new RequestFacts(null, null, null, null, null, null);

    /** The facts about a request whose caller is not identified. */
    public static RequestFacts of(String requestId, String address, String path) {
        return new RequestFacts(requestId, null, null, null, address, path);
    }

    public RequestFacts withPartner(String name) {
        return new RequestFacts(requestId, name, userId, sessionId, address, path);
    }

    public RequestFacts withSession(String ofUser, String id) {
        return new RequestFacts(requestId, partner, ofUser, id, address, path);
    }

    /** The known facts, by their names in the logs. */
    Map<String, String> byName() {
        Map<String, String> known = new LinkedHashMap<>();
        put(known, REQUEST_ID, requestId);
        put(known, PARTNER, partner);
        put(known, USER_ID, userId);
        put(known, SESSION_ID, sessionId);
        put(known, ADDRESS, address);
        put(known, PATH, path);
        return known;
    }

    private static void put(Map<String, String> known, String name, @Nullable String value) {
        if (value != null) {
            known.put(name, value);
        }
    }
}
