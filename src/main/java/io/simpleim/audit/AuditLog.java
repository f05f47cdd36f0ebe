package io.simpleim.audit;

import io.simpleim.api.ApiError;
import io.simpleim.api.Failure;
import io.simpleim.api.Limit;
import io.simpleim.json.Json;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events that an operator may have to account for, one JSON object per line: logins, refusals, kicks, ends of
 * sessions and partners' calls. Request, caller and address come from the calling thread's {@link RequestScope}. No token,
 * key or message text is ever passed to it. Thread-safe; no value of a line makes it throw.
 */
public final class AuditLog {
    /** Errors that may indicate an attack or misuse. Others concern only the client. */
    private static final Set<ApiError> AUDITED_ERRORS = EnumSet.of(
            ApiError.UNAUTHENTICATED,
            ApiError.TOKEN_EXPIRED,
            ApiError.USER_BANNED,
            ApiError.PARTNER_KEY_REQUIRED,
            ApiError.ORIGIN_NOT_ALLOWED,
            ApiError.NOT_ROOM_HOST,
            ApiError.NOT_IN_ROOM);

    /** Limits by address. Limits by user concern only the client. */
    private static final Set<String> ADDRESS_LIMITS = Stream.of(
                    Limit.LOGINS_PER_SECOND, Limit.HANDSHAKES_PER_SECOND, Limit.CONNECTIONS_PER_ADDRESS)
            .map(Limit::settingName)
            .collect(Collectors.toUnmodifiableSet());

    /** The members of a line in their order, after time and event. */
    private static final List<String> FIELDS = List.of(
            "request_id",
            "partner",
            "user_id",
            "by_user_id",
            "session_id",
            "room_id",
            "address",
            "path",
            "error",
            "reason",
            "count");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Valid in JSON, but these end a line, control a terminal or reverse the reading direction. */
    private static final Pattern UNSAFE = Pattern.compile("[\\x7F-\\x9F\\p{Cf}\\p{Zl}\\p{Zp}]");

    private final Consumer<String> lines;
    private final Clock clock;
    private final RefusalThrottle refusals;
    private final LongAdder written = new LongAdder();
    private final LongAdder leftOut = new LongAdder();

    /** @param lines takes each line, without a line break; called on any thread, and for summaries under a lock */
    public AuditLog(Consumer<String> lines, Clock clock) {
        this.lines = lines;
        this.clock = clock;
        this.refusals = new RefusalThrottle(this::writeSummary, clock.millis());
    }

    /** The number of lines written so far. */
    public long written() {
        return written.sum();
    }

    /** The number of audited refusals so far that got no line of their own. Summary lines give their counts. */
    public long leftOut() {
        return leftOut.sum();
    }

    /** Records that a token was issued. */
    public void login(String userId, String sessionId) {
        write("login", RequestScope.current(), Map.of("user_id", userId, "session_id", sessionId));
    }

    /** Records that a session ended, for any reason. */
    public void sessionEnded(String userId, String sessionId, SessionEnd end) {
        write(
                "session_ended",
                RequestScope.current(),
                Map.of("user_id", userId, "session_id", sessionId, "reason", end.reason()));
    }

    /**
     * Records that a host removed a member from a room. The line is about the member, so it leaves out the host's
     * session.
     */
    public void kicked(String roomId, String userId, String byUserId) {
        Map<String, @Nullable String> own = new HashMap<>();
        own.put("user_id", userId);
        own.put("by_user_id", byUserId);
        own.put("room_id", roomId);
        own.put("session_id", null);
        write("kick", RequestScope.current(), own);
    }

    /**
     * Records the call of a partner.
     *
     * @param failure the answer; null for a success
     */
    public void partnerCall(@Nullable Failure failure) {
        write("partner_call", RequestScope.current(), failure == null ? Map.of() : error(failure));
    }

    /** A caller was refused. Writes a line if the error is audited and the throttle admits it. */
    void refused(Failure failure) {
        if (!isAudited(failure)) {
            return;
        }
        RequestFacts facts = RequestScope.current();
        Map<String, String> own = error(failure);
        RefusalThrottle.Kind kind =
                new RefusalThrottle.Kind(failure.error().wireName(), own.get("reason"), facts.address(), facts.path());
        if (refusals.admit(kind, clock.millis())) {
            write("refused", facts, own);
        } else {
            leftOut.increment();
        }
    }

    private static boolean isAudited(Failure failure) {
        if (failure.error() == ApiError.RATE_LIMITED) {
            return ADDRESS_LIMITS.contains(failure.reason());
        }
        // With another text, not_in_room is about the target of a call and not about the caller.
        return AUDITED_ERRORS.contains(failure.error())
                && failure.textKey().equals(failure.error().wireName());
    }

    /** The error and, if a limit caused it, the limit. */
    private static Map<String, String> error(Failure failure) {
        String error = failure.error().wireName();
        return failure.reason().equals(error)
                ? Map.of("error", error)
                : Map.of("error", error, "reason", failure.reason());
    }

    private void writeSummary(RefusalThrottle.Kind kind, long count) {
        Map<String, @Nullable Object> own = new HashMap<>();
        own.put("address", kind.address());
        own.put("path", kind.path());
        own.put("error", kind.error());
        own.put("reason", kind.reason());
        own.put("count", count);
        write("refused", RequestFacts.NONE, own);
    }

    /** Writes the summary lines if the minute is over. To be called every few seconds. */
    public void writeDueSummaries() {
        refusals.summarizeIfDue(clock.millis());
    }

    /** Writes the summary lines now, since the server is stopping. */
    public void flush() {
        refusals.summarize(clock.millis());
    }

    private void write(String event, RequestFacts facts, Map<String, ? extends @Nullable Object> own) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("time", TIME.format(clock.instant()));
        line.put("event", event);
        Map<String, @Nullable Object> values = new HashMap<>(facts.byName());
        values.putAll(own);
        // Json leaves out members that are null.
        FIELDS.forEach(field -> line.put(field, values.get(field)));
        written.increment();
        lines.accept(escape(Json.write(line)));
    }

    /** These characters occur in JSON strings only, where an escape means the same. */
    private static String escape(String json) {
        return UNSAFE.matcher(json).replaceAll(found -> {
            StringBuilder escaped = new StringBuilder();
            found.group().chars().forEach(unit -> escaped.append(String.format(Locale.ROOT, "\\\\u%04x", unit)));
            return escaped.toString();
        });
    }
}
