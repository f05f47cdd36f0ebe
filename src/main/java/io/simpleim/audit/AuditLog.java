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
 * Writes what an operator may have to account for, a JSON object a line: logins, refusals, kicks, ends of sessions, calls
 * of partners. Request, caller and address come from the {@link RequestFacts} of the calling thread. No token, key or
 * message text is ever given to it. Thread-safe; never throws for what a line says.
 */
public final class AuditLog {
    /** Refusals that say something of who tries what; others are a matter of the client alone. */
    private static final Set<ApiError> TELLING = EnumSet.of(
            ApiError.UNAUTHENTICATED,
            ApiError.TOKEN_EXPIRED,
            ApiError.USER_BANNED,
            ApiError.PARTNER_KEY_REQUIRED,
            ApiError.ORIGIN_NOT_ALLOWED,
            ApiError.NOT_ROOM_HOST,
            ApiError.NOT_IN_ROOM);

    /** Limits that hold back an address, not a user who goes on too fast. */
    private static final Set<String> BY_ADDRESS = Stream.of(
                    Limit.LOGINS_PER_SECOND, Limit.HANDSHAKES_PER_SECOND, Limit.CONNECTIONS_PER_ADDRESS)
            .map(Limit::settingName)
            .collect(Collectors.toUnmodifiableSet());

    /** In their order, behind time and event. */
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

    /** JSON may hold these as they are: but some end a line, steer a terminal, or turn the order of what is read. */
    private static final Pattern UNSAFE = Pattern.compile("[\\x7F-\\x9F\\p{Cf}\\p{Zl}\\p{Zp}]");

    private final Consumer<String> lines;
    private final Clock clock;
    private final RefusalThrottle refusals;
    private final LongAdder written = new LongAdder();
    private final LongAdder leftOut = new LongAdder();

    /** @param lines takes each line, without its end */
    public AuditLog(Consumer<String> lines, Clock clock) {
        this.lines = lines;
        this.clock = clock;
        this.refusals = new RefusalThrottle(this::leftOut, clock.millis());
    }

    /** How many lines were written so far. */
    public long written() {
        return written.sum();
    }

    /** How many lines were left out so far, since the same had just been written; later lines say how many. */
    public long leftOut() {
        return leftOut.sum();
    }

    /** A token was issued. */
    public void login(String userId, String sessionId) {
        write("login", RequestFacts.ofThread(), Map.of("user_id", userId, "session_id", sessionId));
    }

    /** A session has ended; the one place for all of its reasons. */
    public void sessionEnded(String userId, String sessionId, SessionEnd end) {
        write(
                "session_ended",
                RequestFacts.ofThread(),
                Map.of("user_id", userId, "session_id", sessionId, "reason", end.reason()));
    }

    /** A host has put a member out of a room. */
    public void kicked(String roomId, String userId, String byUserId) {
        Map<String, String> facts = RequestFacts.ofThread();
        // The host's, and so not of the user whom the line is about.
        facts.remove("session_id");
        write("kick", facts, Map.of("user_id", userId, "by_user_id", byUserId, "room_id", roomId));
    }

    /** A partner has called; {@code failure} says what it was told if not success. */
    public void partnerCall(@Nullable Failure failure) {
        write("partner_call", RequestFacts.ofThread(), failure == null ? Map.of() : error(failure));
    }

    /** Somebody was refused: written if that tells anything, and if it is not the same again and again. */
    public void refused(Failure failure) {
        if (!tells(failure)) {
            return;
        }
        Map<String, String> facts = RequestFacts.ofThread();
        Map<String, String> own = error(failure);
        RefusalThrottle.Kind kind = new RefusalThrottle.Kind(
                failure.error().wireName(), own.get("reason"), facts.get("address"), facts.get("path"));
        if (refusals.isWritten(kind, clock.millis())) {
            write("refused", facts, own);
        } else {
            leftOut.increment();
        }
    }

    private static boolean tells(Failure failure) {
        if (failure.error() == ApiError.RATE_LIMITED) {
            return BY_ADDRESS.contains(failure.reason());
        }
        // Another text: it is not the caller who is not in the room.
        return TELLING.contains(failure.error())
                && failure.textKey().equals(failure.error().wireName());
    }

    /** The error, and the limit if it was one. */
    private static Map<String, String> error(Failure failure) {
        String error = failure.error().wireName();
        return failure.reason().equals(error)
                ? Map.of("error", error)
                : Map.of("error", error, "reason", failure.reason());
    }

    private void leftOut(RefusalThrottle.Kind kind, long count) {
        Map<String, @Nullable Object> own = new HashMap<>();
        own.put("address", kind.address());
        own.put("path", kind.path());
        own.put("error", kind.error());
        own.put("reason", kind.reason());
        own.put("count", count);
        write("refused", Map.of(), own);
    }

    /** Writes how many refusals were left out, when a minute is over. To be called every few seconds. */
    public void pass() {
        refusals.pass(clock.millis());
    }

    /** Writes how many refusals were left out so far: the server is stopping. */
    public void flush() {
        refusals.write(clock.millis());
    }

    private void write(String event, Map<String, String> facts, Map<String, ? extends @Nullable Object> own) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("time", TIME.format(clock.instant()));
        line.put("event", event);
        Map<String, @Nullable Object> said = new HashMap<>(facts);
        said.putAll(own);
        // What is null is left out by whoever writes it.
        FIELDS.forEach(field -> line.put(field, said.get(field)));
        written.increment();
        lines.accept(escape(Json.write(line)));
    }

    /** Such characters stand nowhere but in texts, and there an escape means the same. */
    private static String escape(String json) {
        return UNSAFE.matcher(json).replaceAll(found -> {
            StringBuilder escaped = new StringBuilder();
            found.group().chars().forEach(unit -> escaped.append(String.format(Locale.ROOT, "\\\\u%04x", unit)));
            return escaped.toString();
        });
    }
}
