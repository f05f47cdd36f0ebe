package io.simpleim.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.params.XTrimParams;
import redis.clients.jedis.resps.StreamEntry;

/**
 * Messages between nodes: each node has a stream that all others append to and only it reads. Entries are numbered 1, 2, 3,
 * … without gaps, so the reader notices entries that were dropped before it read them. Thread-safe.
 */
public final class NodeStreams {
    private static final String SCRIPT = script();
    /** Nodes of earlier versions read this field, so its name must not change. */
    private static final String FIELD = "news";

    private static final long GONE = -1;

    private final RedisStore redis;
    private final String maxEntries;

    /** @param maxEntries approximate maximum length of a stream; the oldest entries are dropped */
    public NodeStreams(RedisStore redis, int maxEntries) {
        this.redis = redis;
        this.maxEntries = Integer.toString(maxEntries);
    }

    /**
     * One entry of a stream.
     *
     * @param news the encoded messages
     */
    public record Entry(long number, String news) {}

    /** Creates the stream of a node; until then, others cannot append to it. */
    public void create(String nodeId) {
        redis.call(commands -> commands.set(countKey(nodeId), "0"));
    }

    /** Deletes the stream of a node; from then on, others cannot append to it. */
    public void delete(String nodeId) {
        redis.call(commands -> commands.unlink(countKey(nodeId), key(nodeId)));
    }

    /**
     * Appends entries to the streams of nodes, in order for each node.
     *
     * @return the nodes without a stream, which are gone
     * @throws io.simpleim.model.StoreUnavailableException if Redis is unreachable; some entries may have been appended
     */
    public Set<String> tell(Map<String, List<String>> messagesByNode) {
        return redis.pipelined(pipeline -> {
            Map<String, List<Response<Object>>> numbers = new HashMap<>();
            messagesByNode.forEach((nodeId, all) ->
                    all.forEach(messages -> numbers.computeIfAbsent(nodeId, id -> new ArrayList<>())
                            .add(pipeline.eval(
                                    SCRIPT, List.of(key(nodeId), countKey(nodeId)), List.of(maxEntries, messages)))));
            return () -> {
                Set<String> gone = new HashSet<>();
                numbers.forEach((nodeId, answers) -> answers.forEach(answer -> {
                    if (answer.get().equals(GONE)) {
                        gone.add(nodeId);
                    }
                }));
                return gone;
            };
        });
    }

    /**
     * Reads the next entries. Waits for the first one if the stream has no new entry.
     *
     * @param after number of the last entry that was read
     * @param limit maximum number of entries to return
     * @param wait maximum wait, from one millisecond to {@link RedisStore#MAX_WAIT}
     * @return entries in order; empty if none arrived in time
     */
    public List<Entry> read(String nodeId, long after, int limit, Duration wait) {
        XReadParams params = XReadParams.xReadParams().count(limit).block((int) wait.toMillis());
        Map<String, StreamEntryID> from = Map.of(key(nodeId), new StreamEntryID(after, 0));
        Map<String, List<StreamEntry>> found = redis.await(blocking -> blocking.xreadAsMap(params, from));
        if (found == null) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        found.values()
                .forEach(all -> all.forEach(entry -> entries.add(
                        new Entry(entry.getID().getTime(), entry.getFields().getOrDefault(FIELD, "")))));
        return entries;
    }

    /** Deletes entries up to a number, inclusive, after they were read. */
    public void forget(String nodeId, long upTo) {
        XTrimParams params = XTrimParams.xTrimParams().minId((upTo + 1) + "-0");
        redis.call(commands -> commands.xtrim(key(nodeId), params));
    }

    /** Returns the number of the last entry ever appended, or empty if the node has no stream. */
    public OptionalLong last(String nodeId) {
        String count = redis.call(commands -> commands.get(countKey(nodeId)));
        return count == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(count));
    }

    private static String key(String nodeId) {
        return NodeRegistry.key(nodeId) + ":stream";
    }

    private static String countKey(String nodeId) {
        return NodeRegistry.key(nodeId) + ":count";
    }

    private static String script() {
        try (InputStream file = NodeStreams.class.getResourceAsStream("tell.lua")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
