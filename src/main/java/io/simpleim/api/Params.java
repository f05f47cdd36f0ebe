package io.simpleim.api;

import io.simpleim.model.RoomName;
import io.simpleim.model.SendRequest;
import io.simpleim.model.UserId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a call or frame, with the contract's rules for reading them. The one place where wire parameters are
 * parsed, for HTTP and WebSocket alike. Immutable.
 *
 * <p>Methods throw {@link RequestRejected}: {@code missing_parameter} for a required parameter that is absent, {@code
 * invalid_parameter} for a value outside its range, the empty text included.
 */
public final class Params {
    /** The maximum number of items on a page. */
    public static final int MAX_PAGE_SIZE = 100;

    private static final int DEFAULT_PAGE_SIZE = 20;
    private static final int MAX_MESSAGE_TYPE = 9999;
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]+");

    /** No parameters at all. */
    public static final Params NONE = new Params(Map.of());

    private final Map<String, ? extends @Nullable Object> values;

    /** @param values texts and numbers; a value of another type is invalid when it is read */
    public Params(Map<String, ? extends @Nullable Object> values) {
        this.values = values;
    }

    /** A required text. */
    public String required(String name) {
        return optional(name).orElseThrow(() -> RequestRejected.missing(name));
    }

    /** An optional text. A number counts as a text. */
    public Optional<String> optional(String name) {
        if (!values.containsKey(name)) {
            return Optional.empty();
        }
        Object value = values.get(name);
        if (value instanceof String text && isEncodable(text)) {
            return Optional.of(text);
        }
        if (value instanceof Number number) {
            return Optional.of(number.toString());
        }
        throw RequestRejected.invalid(name);
    }

    /** A required id of a user. */
    public String userId(String name) {
        String userId = required(name);
        if (!UserId.isValid(userId)) {
            throw RequestRejected.invalid(name);
        }
        return userId;
    }

    /** The message to send, from the parameters that all calls and operations that send have in common. */
    public SendRequest sendRequest() {
        return new SendRequest(messageType(), required("message"), clientMsgId().orElse(null));
    }

    /** The optional id that the client gave a message: 1 to 64 characters. */
    public Optional<String> clientMsgId() {
        Optional<String> id = optional("client_msg_id");
        if (id.isPresent()) {
            int length = id.get().codePointCount(0, id.get().length());
            if (length < 1 || length > UserId.MAX_LENGTH) {
                throw RequestRejected.invalid("client_msg_id");
            }
        }
        return id;
    }

    /** The optional name for a room, stripped of surrounding white space. */
    public Optional<String> roomName() {
        return optional("name").map(text -> RoomName.of(text).orElseThrow(() -> RequestRejected.invalid("name")));
    }

    /** The optional id of a session. An empty id is invalid: a client that lost the id must not end all sessions. */
    public Optional<String> sessionId() {
        Optional<String> id = optional("session_id");
        if (id.filter(String::isEmpty).isPresent()) {
            throw RequestRejected.invalid("session_id");
        }
        return id;
    }

    /** The application's type of message, 1 (text) by default. Types from 10000 on are reserved for the server. */
    public int messageType() {
        return (int) number("message_type", 1, MAX_MESSAGE_TYPE).orElse(1L).longValue();
    }

    /** The page, counted from 1, by default 1. A number past the last page is valid. */
    public int page() {
        return (int)
                Math.min(Integer.MAX_VALUE, number("page", 1, Long.MAX_VALUE).orElse(1L));
    }

    /** The number of items on a page: 1 to {@value #MAX_PAGE_SIZE}, by default 20. */
    public int pageSize() {
        return (int) number("page_size", 1, MAX_PAGE_SIZE)
                .orElse((long) DEFAULT_PAGE_SIZE)
                .longValue();
    }

    /** An optional whole number within a range, both ends included. */
    public Optional<Long> number(String name, long min, long max) {
        Optional<String> text = optional(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            long number = Long.parseLong(text.get());
            // Java also accepts a plus sign and the digits of all scripts.
            if (number >= min
                    && number <= max
                    && WHOLE_NUMBER.matcher(text.get()).matches()) {
                return Optional.of(number);
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number outside the range.
        }
        throw RequestRejected.invalid(name);
    }

    /** A required JSON object whose members are whole numbers within a range, both ends included. */
    public Map<String, Long> numbers(String name, long min, long max) {
        if (!values.containsKey(name)) {
            throw RequestRejected.missing(name);
        }
        if (!(values.get(name) instanceof Map<?, ?> members)) {
            throw RequestRejected.invalid(name);
        }
        Map<String, @Nullable Object> texts = new HashMap<>();
        members.forEach((member, value) -> texts.put((String) member, value));
        Params inner = new Params(texts);
        Map<String, Long> numbers = new HashMap<>();
        for (String member : texts.keySet()) {
            try {
                inner.number(member, min, max).ifPresent(number -> numbers.put(member, number));
            } catch (RequestRejected e) {
                // Names the parameter and not the member, whose name is arbitrary.
                throw RequestRejected.invalid(name);
            }
        }
        return numbers;
    }

    /** Half a surrogate pair can be written in JSON, but neither stored nor sent. */
    private static boolean isEncodable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isSurrogatePair(c, i + 1 < text.length() ? text.charAt(i + 1) : c)) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
