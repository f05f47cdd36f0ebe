package io.simpleim.config;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The formats that need no class of their own. */
final class Formats {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,10}");
    /** What MongoDB refuses in a database name on any platform, and what no one means to write. */
    private static final Pattern NOT_IN_DATABASE = Pattern.compile("[\\s\\p{Cntrl}/\\\\.\"$*<>:|?]");

    private static final int MAX_DATABASE_BYTES = 63;

    private Formats() {}

    /** Any text, also none. */
    static Format<String> text() {
        return new Format<>("text", text -> text);
    }

    /** A text that is not empty, without the white space around it. */
    static Format<String> name() {
        return new Format<>("a name", text -> {
            if (text.isBlank()) {
                throw new BadValueException("empty");
            }
            return text.strip();
        });
    }

    static Format<Boolean> flag() {
        return new Format<>("true or false", text -> switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadValueException("neither");
        });
    }

    /** As {@link #flag}, or nothing. */
    static Format<Optional<Boolean>> optionalFlag() {
        Format<Boolean> flag = flag();
        return new Format<>(
                flag.expected() + ", or nothing",
                text -> text.isBlank()
                        ? Optional.empty()
                        : Optional.of(flag.parser().parse(text)));
    }

    /** One of the constants by its name, in any case. */
    static <E extends Enum<E>> Format<E> oneOf(Class<E> type) {
        E[] constants = type.getEnumConstants();
        String names = Arrays.stream(constants).map(Formats::lowerCase).collect(Collectors.joining(", "));
        return new Format<>(
                "one of " + names,
                text -> Arrays.stream(constants)
                        .filter(constant -> constant.name().equalsIgnoreCase(text.strip()))
                        .findFirst()
                        .orElseThrow(() -> new BadValueException("none of them")));
    }

    static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static Format<Integer> wholeNumber(int min, int max) {
        return new Format<>("a whole number from " + min + " to " + max, text -> {
            String digits = text.strip();
            if (!DIGITS.matcher(digits).matches()) {
                throw new BadValueException("not a whole number");
            }
            long number = Long.parseLong(digits);
            if (number < min || number > max) {
                throw new BadValueException("out of range");
            }
            return (int) number;
        });
    }

    /** A secret as it stands, white space included; an empty text is none. */
    static Format<Optional<Secret>> secret() {
        return new Format<>("text", text -> text.isEmpty() ? Optional.<Secret>empty() : Optional.of(Secret.of(text)));
    }

    static Format<Optional<Secret>> secretOfAtLeast(int bytes) {
        return new Format<>("at least " + bytes + " bytes", text -> {
            Optional<Secret> secret = secret().parser().parse(text);
            if (secret.isPresent() && secret.get().utf8Length() < bytes) {
                throw new BadValueException("too short");
            }
            return secret;
        });
    }

    static Format<String> databaseName() {
        String expected = "a MongoDB database name: 1 to " + MAX_DATABASE_BYTES
                + " bytes without white space and any of / \\ . \" $ * < > : | ?";
        return new Format<>(expected, text -> {
            int bytes = text.getBytes(StandardCharsets.UTF_8).length;
            if (bytes == 0 || bytes > MAX_DATABASE_BYTES) {
                throw new BadValueException(bytes == 0 ? "empty" : "too long");
            }
            if (NOT_IN_DATABASE.matcher(text).find()) {
                throw new BadValueException("a character that is not allowed");
            }
            return text;
        });
    }
}
