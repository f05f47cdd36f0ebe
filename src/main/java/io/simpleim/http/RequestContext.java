package io.simpleim.http;

import io.simpleim.api.Language;
import io.simpleim.api.Params;
import io.simpleim.audit.RequestFacts;
import io.simpleim.audit.RequestScope;
import io.simpleim.model.Session;
import jakarta.servlet.ServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a request that filters collect for servlets: its id, language, body, parameters and caller. Belongs to the
 * thread that works on the request; when the request continues on another thread, the context goes with it.
 */
public final class RequestContext {
    private static final String ATTRIBUTE = RequestContext.class.getName();
    private static final byte[] EMPTY = {};

    private final String requestId;
    private final Language language;
    private final String route;
    private final RequestFacts origin;
    private final ByteBudget budget;
    private final long startNanos = System.nanoTime();
    private byte[] body = EMPTY;
    private Params params = Params.NONE;
    private @Nullable String bodyToken;
    private @Nullable Caller caller;
    private boolean isResponseComplete;

    /**
     * @param route the registered path that the request is counted under
     * @param address of the client, in digits
     * @param path as requested, without the query
     * @param budget for responses that are written while the client reads them
     */
    public RequestContext(
            String requestId, Language language, String route, String address, String path, ByteBudget budget) {
        this.requestId = requestId;
        this.language = language;
        this.route = route;
        this.origin = RequestFacts.of(requestId, address, path);
        this.budget = budget;
    }

    /** The context of a request that has passed the first filter. */
    public static RequestContext of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof RequestContext context) {
            return context;
        }
        throw new IllegalStateException("The request filter must come first");
    }

    /** Makes this the context of a request. */
    public void storeIn(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    public String requestId() {
        return requestId;
    }

    public Language language() {
        return language;
    }

    /** The path that the request is counted under: one of a fixed set, never one that a client made up. */
    public String route() {
        return route;
    }

    ByteBudget budget() {
        return budget;
    }

    /** The time at which the request reached the first filter, as {@link System#nanoTime()}. */
    public long startNanos() {
        return startNanos;
    }

    /** Whether the response is determined. The client may still be reading it. */
    public boolean isResponseComplete() {
        return isResponseComplete;
    }

    void setResponseComplete() {
        isResponseComplete = true;
    }

    /** The whole body; empty if the request has none or its path takes none. */
    public byte[] body() {
        return body;
    }

    public void setBody(byte[] whole) {
        body = whole;
    }

    public Params params() {
        return params;
    }

    public void setParams(Params found) {
        params = found;
    }

    /** The token in the body's documented {@code Header}, if any. */
    public @Nullable String bodyToken() {
        return bodyToken;
    }

    public void setBodyToken(@Nullable String token) {
        bodyToken = token;
    }

    /** Opens a scope with the facts about this request on the calling thread. */
    public RequestScope openScope() {
        return RequestScope.open(facts());
    }

    private RequestFacts facts() {
        return caller == null ? origin : caller.addTo(origin);
    }

    /** The caller; empty until a filter has identified it. */
    public Optional<Caller> caller() {
        return Optional.ofNullable(caller);
    }

    /** Sets the caller. The logs name it from now on. */
    public void identify(Caller identified) {
        caller = identified;
        RequestScope.update(facts());
    }

    /** The caller's session. Only for routes whose callers are users. */
    public Session session() {
        if (caller instanceof Caller.User user) {
            return user.session();
        }
        throw new IllegalStateException("The token filter must come first");
    }
}
