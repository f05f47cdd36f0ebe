package io.simpleim.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** News as entries of streams: many together, each node's in their order. Not thread-safe. */
final class StreamEntries {
    /** An entry is of some ten kilobytes at the most, but for one large message. */
    private static final int ENTRY_CHARS = 32 * 1024;

    private final Map<String, List<String>> finished = new HashMap<>();
    private final Map<String, StringBuilder> open = new HashMap<>();

    /** Adds news, as {@link ClusterMessageCodec} writes them, for a node. */
    void add(String nodeId, String news) {
        StringBuilder entry = open.computeIfAbsent(nodeId, id -> new StringBuilder());
        if (entry.length() > 0 && entry.length() + news.length() > ENTRY_CHARS) {
            finish(nodeId, entry);
        }
        entry.append(news);
    }

    private void finish(String nodeId, StringBuilder entry) {
        finished.computeIfAbsent(nodeId, id -> new ArrayList<>(1)).add(entry.toString());
        entry.setLength(0);
    }

    /** The entries by node; this takes nothing any more. */
    Map<String, List<String>> byNode() {
        open.forEach(this::finish);
        return finished;
    }
}
