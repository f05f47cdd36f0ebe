package io.simpleim.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What is known of a request or a frame: who asks for what, from where. While a thread deals with it the facts stand in
 * that thread's MDC, so that every line of the log and of the audit log can name them.
 *
 * <p>Who enters leaves, in a {@code finally}: then nothing of one request is told of the next one on the same thread. A
 * request that goes on in another thread enters there again. Belongs to one thread at a time.
 */
public final class RequestFacts {
    private static final String REQUEST_ID = "request_id";
    private static final String PARTNER = "partner";
    private static final String USER_ID = "user_id";
    private static final String SESSION_ID = "session_id";
    private static final String ADDRESS = "address";
    private static final String PATH = "path";

    /** In the order in which a line has them. */
    private static final List<String> ALL = List.of(REQUEST_ID, PARTNER, USER_ID, SESSION_ID, ADDRESS, PATH);

    private final Map<String, String> known = new LinkedHashMap<>();
    private boolean entered;

    public RequestFacts(String requestId) {
        known.put(REQUEST_ID, requestId);
    }

    /**
     * Where the request comes from and goes to.
     *
     * @param address the caller's, in digits
     * @param path below the application, without the query, which may hold a token
     */
    public RequestFacts at(String address, String path) {
        learn(ADDRESS, address);
        learn(PATH, path);
        return this;
    }

    /** Whose key was presented. */
    public void partner(String name) {
        learn(PARTNER, name);
    }

    /** Whose token was presented. */
    public RequestFacts session(String userId, String sessionId) {
        learn(USER_ID, userId);
        learn(SESSION_ID, sessionId);
        return this;
    }

    /** The partner whose key was presented, null if none was. */
    public @Nullable String partner() {
        return known.get(PARTNER);
    }

    /** From here on the thread deals with this request. */
    public void enter() {
        entered = true;
        known.forEach(MDC::put);
    }

    /** The thread has done what it could. */
    public void leave() {
        entered = false;
        ALL.forEach(MDC::remove);
    }

    private void learn(String name, String value) {
        known.put(name, value);
        if (entered) {
            MDC.put(name, value);
        }
    }

    /** What is known of the request that the calling thread deals with; nothing if it deals with none. */
    static Map<String, String> ofThread() {
        Map<String, String> facts = new LinkedHashMap<>();
        for (String name : ALL) {
            String value = MDC.get(name);
            if (value != null) {
                facts.put(name, value);
            }
        }
        return facts;
    }
}
