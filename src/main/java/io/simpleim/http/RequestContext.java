package io.simpleim.http;

import io.simpleim.api.Language;
import io.simpleim.api.Params;
import io.simpleim.audit.RequestFacts;
import io.simpleim.model.Session;
import jakarta.servlet.ServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the filters have found out about a request. Belongs to the request's thread. */
public final class RequestContext {
    private static final String ATTRIBUTE = RequestContext.class.getName();
    private static final byte[] NOTHING = {};

    private final String requestId;
    private final Language language;
    private final String route;
    private final ByteBudget budget;
    private final long startNanos = System.nanoTime();
    private byte[] body = NOTHING;
    private final RequestFacts facts;
    private Params params = Params.NONE;
    private @Nullable String bodyToken;
    private @Nullable Session session;
    private boolean isAnswered;

    /**
     * @param route the path under which the request is counted, one of few
     * @param budget for what has to be held while a client reads its answer
     */
    public RequestContext(String requestId, Language language, String route, ByteBudget budget) {
        this.requestId = requestId;
        this.language = language;
        this.route = route;
        this.budget = budget;
        this.facts = new RequestFacts(requestId);
    }

    /** The context of a request that has passed the first filter. */
    public static RequestContext of(ServletRequest request) {
        return (RequestContext)
                Objects.requireNonNull(request.getAttribute(ATTRIBUTE), "the request filter comes first");
    }

    public void attachTo(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    public String requestId() {
        return requestId;
    }

    public Language language() {
        return language;
    }

    /** The path under which the request is counted: never what a client has made up. */
    public String route() {
        return route;
    }

    ByteBudget budget() {
        return budget;
    }

    /** When the first filter saw it, as of {@link System#nanoTime()}. */
    public long startNanos() {
        return startNanos;
    }

    /** Whether there is an answer, which the client may still have to read. */
    public boolean isAnswered() {
        return isAnswered;
    }

    void answered() {
        isAnswered = true;
    }

    /** The body as a whole, of a request that may have one; empty if it has none. */
    public byte[] body() {
        return body;
    }

    public void body(byte[] whole) {
        body = whole;
    }

    /** What the log and the audit log are to say of the request; learns what the filters find out. */
    public RequestFacts facts() {
        return facts;
    }

    public Params params() {
        return params;
    }

    /** The token that the body names in the documented {@code Header}, if it does. */
    public @Nullable String bodyToken() {
        return bodyToken;
    }

    /** The caller's session, behind the token filter. */
    public Session session() {
        return Objects.requireNonNull(session, "the token filter comes before");
    }

    public void read(Params params, @Nullable String bodyToken) {
        this.params = params;
        this.bodyToken = bodyToken;
    }

    /** Whether the handshake's filter has found the session already. */
    public boolean isAuthenticated() {
        return session != null;
    }

    public void authenticated(Session session) {
        this.session = session;
        facts.session(session.userId(), session.id());
    }
}
