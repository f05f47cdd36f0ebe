package io.simpleim.api;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** The languages of {@code msg}: Chinese, unless the client prefers English. */
public enum Language {
    CHINESE(Locale.CHINESE),
    ENGLISH(Locale.ENGLISH);

    private static final List<Locale> KNOWN = List.of(Locale.CHINESE, Locale.ENGLISH);

    @SuppressWarnings("ImmutableEnumChecker") // A property bundle is read once and never changes.
    private final ResourceBundle texts;

    Language(Locale locale) {
        // Without the control, a JVM with an English locale would fall back to English texts for Chinese.
        texts = ResourceBundle.getBundle(
                "io.simpleim.api.messages",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** The language for an {@code Accept-Language} header. A malformed header counts as absent. */
    public static Language of(@Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.isBlank()) {
            return CHINESE;
        }
        try {
            Locale best = Locale.lookup(Locale.LanguageRange.parse(acceptLanguage), KNOWN);
            return Locale.ENGLISH.equals(best) ? ENGLISH : CHINESE;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // The JDK throws IndexOutOfBoundsException for a header of commas only.
            return CHINESE;
        }
    }

    /**
     * The text of an error.
     *
     * @throws java.util.MissingResourceException if the bundle has no such key
     */
    public String error(String key) {
        return texts.getString("error." + key);
    }

    /**
     * The text of a success.
     *
     * @throws java.util.MissingResourceException if the bundle has no such key
     */
    public String success(String key) {
        return texts.getString("success." + key);
    }
}
