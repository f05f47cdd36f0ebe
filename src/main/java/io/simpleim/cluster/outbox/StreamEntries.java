package io.simpleim.cluster.outbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Packs the texts of cluster messages into stream entries, in order for each node. Not thread-safe. */
final class StreamEntries {
    /** Maximum length of an entry with several messages; one larger message gets an entry of its own. */
    private static final int MAX_ENTRY_CHARS = 32 * 1024;

    private final Map<String, List<String>> finished = new HashMap<>();
    private final Map<String, StringBuilder> open = new HashMap<>();

    /** Adds the text of a message for a node. */
    void add(String nodeId, String text) {
        StringBuilder entry = open.computeIfAbsent(nodeId, id -> new StringBuilder());
        if (entry.length() > 0 && entry.length() + text.length() > MAX_ENTRY_CHARS) {
            finish(nodeId, entry);
        }
        entry.append(text);
    }

    private void finish(String nodeId, StringBuilder entry) {
        finished.computeIfAbsent(nodeId, id -> new ArrayList<>(1)).add(entry.toString());
        entry.setLength(0);
    }

    /** Returns the entries of each node. Nothing may be added afterwards. */
    Map<String, List<String>> byNode() {
        open.forEach(this::finish);
        return finished;
    }
}
