package io.simpleim.config;

import io.simpleim.config.value.Formats;
import io.simpleim.config.value.Origins;
import java.util.List;
import java.util.Optional;

/** {@code [web]}: what browsers may do and see. */
public final class WebSection {
    static final Section SECTION = new Section(Settings.SYS_FILE, "web");

    /**
     * Sites whose pages may use the server, each {@code scheme://host[:port]} in lower case and without a default port; or
     * the single entry {@link Origins#ANY}.
     */
    public static final Setting<List<String>> ALLOWED_ORIGINS = SECTION.setting(
            "allowedOrigins", "", Origins.FORMAT, "sites whose pages may use the server, besides its own; * for all");

    /** Whether there is a chat page; empty leaves it to the way in which the server is run. */
    public static final Setting<Optional<Boolean>> DEMO = SECTION.setting(
            "demo",
            "",
            Formats.optionalFlag(),
            "the chat page at /, to try things out; empty: only in the standalone server");

    private WebSection() {}
}
