package io.simpleim.audit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The time that a thread works on one request or frame. While a scope is open, every line of the audit log names its
 * facts, and every line of the log finds them in the thread's MDC.
 *
 * <p>Opened in a try-with-resources statement, so that no fact is attributed to the thread's next request. A request that
 * continues on another thread opens a scope there. A scope belongs to the thread that opened it.
 */
public final class RequestScope implements AutoCloseable {
    private static final ThreadLocal<@Nullable RequestFacts> CURRENT = new ThreadLocal<>();

    private final @Nullable RequestFacts outer;

    private RequestScope(@Nullable RequestFacts outer) {
        this.outer = outer;
    }

    /** Opens a scope on the calling thread. Inside an open scope, the outer facts return when this scope closes. */
    public static RequestScope open(RequestFacts facts) {
        RequestScope scope = new RequestScope(CURRENT.get());
        replace(facts);
        return scope;
    }

    /** Replaces the facts of the calling thread's open scope. Without one, this has no effect. */
    public static void update(RequestFacts facts) {
        if (CURRENT.get() != null) {
            replace(facts);
        }
    }

    /** The facts of the calling thread's open scope; {@link RequestFacts#NONE} without one. */
    static RequestFacts current() {
        return Objects.requireNonNullElse(CURRENT.get(), RequestFacts.NONE);
    }

    @Override
    public void close() {
        replace(outer);
    }

    private static void replace(@Nullable RequestFacts facts) {
        mirror(current(), facts == null ? RequestFacts.NONE : facts);
        if (facts == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(facts);
        }
    }

    /** Writes only what changes: this runs several times per request. */
    private static void mirror(RequestFacts before, RequestFacts after) {
        mirror(RequestFacts.REQUEST_ID, before.requestId(), after.requestId());
        mirror(RequestFacts.PARTNER, before.partner(), after.partner());
        mirror(RequestFacts.USER_ID, before.userId(), after.userId());
        mirror(RequestFacts.SESSION_ID, before.sessionId(), after.sessionId());
        mirror(RequestFacts.ADDRESS, before.address(), after.address());
        mirror(RequestFacts.PATH, before.path(), after.path());
    }

    private static void mirror(String name, @Nullable String before, @Nullable String after) {
        if (after == null) {
            if (before != null) {
                MDC.remove(name);
            }
        } else if (!after.equals(before)) {
            MDC.put(name, after);
        }
    }
}
