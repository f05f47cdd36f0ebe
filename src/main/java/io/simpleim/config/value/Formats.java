package io.simpleim.config.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The simple formats; those with more rules have a class of their own. */
public final class Formats {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,10}");
    /** Characters that MongoDB refuses in a database name on some platform, or that are surely a mistake. */
    private static final Pattern FORBIDDEN_IN_DATABASE = Pattern.compile("[\\s\\p{Cntrl}/\\\\.\"$*<>:|?]");

    private static final int MAX_DATABASE_BYTES = 63;

    private Formats() {}

    /** Any text, including an empty one. */
    public static Format<String> text() {
        return new Format<>("text", text -> text);
    }

    /** A non-blank text, without the white space around it. */
    public static Format<String> name() {
        return new Format<>("a name", text -> {
            if (text.isBlank()) {
                throw new BadValueException("empty");
            }
            return text.strip();
        });
    }

    public static Format<Boolean> flag() {
        return new Format<>("true or false", text -> switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadValueException("neither");
        });
    }

    /** Like {@link #flag}, or a blank text. */
    public static Format<Optional<Boolean>> optionalFlag() {
        Format<Boolean> flag = flag();
        return new Format<>(
                flag.expected() + ", or nothing",
                text -> text.isBlank()
                        ? Optional.empty()
                        : Optional.of(flag.parser().parse(text)));
    }

    /** The name of a constant, in any case. */
    public static <E extends Enum<E>> Format<E> oneOf(Class<E> type) {
        E[] constants = type.getEnumConstants();
        String names = Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return new Format<>(
                "one of " + names,
                text -> Arrays.stream(constants)
                        .filter(constant -> constant.name().equalsIgnoreCase(text.strip()))
                        .findFirst()
                        .orElseThrow(() -> new BadValueException("none of them")));
    }

    /** A whole number from {@code min} to {@code max}, both included; neither may be negative. */
    public static Format<Integer> wholeNumber(int min, int max) {
        return new Format<>(
                "a whole number from " + min + " to " + max,
                text -> {
                    String digits = text.strip();
                    if (!DIGITS.matcher(digits).matches()) {
                        throw new BadValueException("not a whole number");
                    }
                    long number = Long.parseLong(digits);
                    if (number < min || number > max) {
                        throw new BadValueException("out of range");
                    }
                    return (int) number;
                },
                number -> number >= min && number <= max);
    }

    /** A secret exactly as written, including white space; an empty text means none. */
    public static Format<Optional<Secret>> secret() {
        return new Format<>("text", Formats::parseSecret);
    }

    /** Like {@link #secret}, with a minimum length in UTF-8 bytes. */
    public static Format<Optional<Secret>> secretOfAtLeast(int bytes) {
        return new Format<>(
                "at least " + bytes + " bytes",
                text -> {
                    Optional<Secret> secret = parseSecret(text);
                    if (!isLongEnough(secret, bytes)) {
                        throw new BadValueException("too short");
                    }
                    return secret;
                },
                secret -> isLongEnough(secret, bytes));
    }

    private static Optional<Secret> parseSecret(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(Secret.of(text));
    }

    private static boolean isLongEnough(Optional<Secret> secret, int bytes) {
        return secret.isEmpty() || secret.get().utf8Length() >= bytes;
    }

    public static Format<String> databaseName() {
        String expected = "a MongoDB database name: 1 to " + MAX_DATABASE_BYTES
                + " bytes without white space and any of / \\ . \" $ * < > : | ?";
        return new Format<>(expected, text -> {
            int bytes = text.getBytes(StandardCharsets.UTF_8).length;
            if (bytes == 0 || bytes > MAX_DATABASE_BYTES) {
                throw new BadValueException(bytes == 0 ? "empty" : "too long");
            }
            if (FORBIDDEN_IN_DATABASE.matcher(text).find()) {
                throw new BadValueException("a character that is not allowed");
            }
            return text;
        });
    }
}
