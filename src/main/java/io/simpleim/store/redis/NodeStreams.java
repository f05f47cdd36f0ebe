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
 * What nodes tell each other: a stream for each node, which all others add to and which it alone reads. Its entries are
 * numbered 1, 2, 3, … without a hole, so its reader sees what was dropped before it was read. Thread-safe.
 */
public final class NodeStreams {
    private static final String SCRIPT = script();
    private static final String FIELD = "news";
    private static final long GONE = -1;

    private final RedisStore redis;
    private final String mostEntries;

    /** @param mostEntries how many entries of a stream are kept, about; the oldest go */
    public NodeStreams(RedisStore redis, int mostEntries) {
        this.redis = redis;
        this.mostEntries = Integer.toString(mostEntries);
    }

    /** One entry of a stream. */
    public record Entry(long number, String news) {}

    /** Makes the stream of a node, which is told nothing before. */
    public void create(String nodeId) {
        redis.call(commands -> commands.set(countKey(nodeId), "0"));
    }

    /** Deletes the stream of a node, which is told nothing any more. */
    public void delete(String nodeId) {
        redis.call(commands -> commands.unlink(countKey(nodeId), key(nodeId)));
    }

    /**
     * Tells nodes, each its news in their order.
     *
     * @return those of them that have no stream: they are gone
     * @throws io.simpleim.model.StoreUnavailableException if Redis is out of reach: some may have been told, or not
     */
    public Set<String> tell(Map<String, List<String>> newsByNode) {
        return redis.pipelined(pipeline -> {
            Map<String, List<Response<Object>>> numbers = new HashMap<>();
            newsByNode.forEach((nodeId, all) -> all.forEach(news -> numbers.computeIfAbsent(
                            nodeId, id -> new ArrayList<>())
                    .add(pipeline.eval(SCRIPT, List.of(key(nodeId), countKey(nodeId)), List.of(mostEntries, news)))));
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
     * Waits for news.
     *
     * @param after the number of the last entry that was read
     * @param most entries at once
     * @param wait how long, at least a millisecond
     * @return what there is, in its order; empty if there was none in time
     */
    public List<Entry> read(String nodeId, long after, int most, Duration wait) {
        XReadParams params = XReadParams.xReadParams().count(most).block((int) wait.toMillis());
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

    /** Lets go of what has been read, up to a number: a stream then holds what is on its way, and no more. */
    public void forget(String nodeId, long upTo) {
        XTrimParams params = XTrimParams.xTrimParams().minId((upTo + 1) + "-0");
        redis.call(commands -> commands.xtrim(key(nodeId), params));
    }

    /** The number of the last entry that the stream of a node has had; empty if it has no stream any more. */
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
