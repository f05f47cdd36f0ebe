package io.simpleim.cluster.message;

import io.simpleim.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Takes the members of one message's header and the lines that follow it. Not thread-safe. */
public final class MessageWriter {
    private final Map<String, Object> header = new LinkedHashMap<>();
    private final StringBuilder lines = new StringBuilder();

    MessageWriter() {}

    /** Adds a member to the header; its order is kept. */
    void put(String name, Object value) {
        header.put(name, value);
    }

    /** Adds a line after the header. */
    void line(String text) {
        lines.append(text).append('\n');
    }

    String text() {
        return Json.write(header) + "\n" + lines;
    }
}
