package io.simpleim.bootstrap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import io.simpleim.audit.AuditLog;
import io.simpleim.catchup.OfflinePush;
import io.simpleim.chat.SendCounters;
import io.simpleim.cluster.ClusterPublisher;
import io.simpleim.cluster.ClusterReceiver;
import io.simpleim.concurrent.BlockingThreads;
import io.simpleim.feed.GapLoader;
import io.simpleim.message.MessageLog;
import io.simpleim.metrics.Metrics;
import io.simpleim.push.Hub;
import io.simpleim.store.mongo.ConnectionPoolUsage;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Registers the metrics that the parts of the server provide. The parts know nothing of metrics: their values are read at
 * each scrape of {@code /metrics} and cost nothing in between.
 */
final class MetricBindings {
    private final Metrics metrics;

    MetricBindings(Metrics metrics) {
        this.metrics = metrics;
    }

    void version() {
        metrics.gauge(
                "simpleim.build.info", "Always 1; the version is the label", () -> 1, "version", Version.current());
        metrics.showJvm();
    }

    void connections(Hub hub, BlockingThreads blocking) {
        metrics.gauge("simpleim.connections", "WebSockets open on this node", hub::size);
        metrics.gauge(
                "simpleim.users.connected", "Users with a WebSocket on this node that receives pushes", hub::users);
        metrics.gauge(
                "simpleim.outbound.queued.bytes",
                "Bytes waiting for clients to read them, over all connections",
                () -> hub.waitingBytes().getSum());
        metrics.gauge(
                "simpleim.outbound.queued.largest.bytes",
                "Bytes waiting for the slowest client",
                () -> Math.max(0, hub.waitingBytes().getMax()));
        metrics.gauge(
                "simpleim.blocking.tasks",
                "Tasks waiting for a thread that reads missed messages or closes connections",
                () -> blocking.getQueue().size());
        metrics.counter(
                "simpleim.blocking.rejected", "Tasks rejected because too many were waiting", blocking::rejected);
    }

    void messages(SendCounters sends, MessageLog log, OfflinePush offline, GapLoader gaps) {
        String stored = "Messages that were stored, each once, by type of room";
        metrics.counter("simpleim.messages", stored, sends::single, "room_type", "1");
        metrics.counter("simpleim.messages", stored, sends::group, "room_type", "2");
        metrics.counter(
                "simpleim.messages.repeated",
                "Sends with a client_msg_id that repeated an earlier send",
                sends::repeated);
        metrics.gauge("simpleim.write.queue.messages", "Messages waiting to be stored", log::waiting);
        metrics.gauge("simpleim.write.queue.capacity.messages", "Messages that may wait to be stored", log::capacity);
        metrics.counter(
                "simpleim.offline.pushes",
                "Connections for which missed messages, if any, are read and pushed",
                offline::started);
        metrics.counter(
                "simpleim.gap.fills",
                "Reads of messages that this node should have pushed but was not notified of",
                gaps::reads);
    }

    void cluster(ClusterPublisher publisher, ClusterReceiver receiver) {
        metrics.gauge(
                "simpleim.cluster.nodes",
                "Nodes that are alive as far as this node knows, including itself",
                publisher.membership()::size);
        metrics.gauge(
                "simpleim.cluster.hearing",
                "1 if this node receives every message of other nodes; 0 if they may arrive late",
                () -> publisher.isComplete() ? 1 : 0);
        metrics.counter(
                "simpleim.cluster.news.sent",
                "Cluster messages that were published to other nodes",
                publisher.outbox()::published);
        metrics.gauge(
                "simpleim.cluster.news.queued",
                "Cluster messages that are waiting to be published",
                publisher.outbox()::queued);
        metrics.counter(
                "simpleim.cluster.news.received",
                "Cluster messages that were received from other nodes",
                receiver::received);
        metrics.counter(
                "simpleim.cluster.news.missed",
                "Entries that were dropped from this node's stream before they were read",
                receiver::missed);
    }

    void mongo(ConnectionPoolUsage pool) {
        String connections = "Connections to MongoDB: open, or in use by a call";
        metrics.gauge("simpleim.mongo.connections", connections, pool::open, "state", "open");
        metrics.gauge("simpleim.mongo.connections", connections, pool::inUse, "state", "in_use");
    }

    void audit(AuditLog audit) {
        metrics.counter("simpleim.audit.lines", "Lines written to the audit log", audit::written);
        metrics.counter(
                "simpleim.audit.lines.left.out",
                "Refusals without their own line because the same one was just logged; later lines count them",
                audit::leftOut);
    }

    void caches(Map<String, Cache<?, ?>> caches) {
        caches.forEach(this::cache);
    }

    void cache(String name, Cache<?, ?> cache) {
        cache(name, cache::stats);
        metrics.gauge(
                "simpleim.cache.entries", "Approximate number of cached entries", cache::estimatedSize, "cache", name);
    }

    void cache(String name, Supplier<CacheStats> stats) {
        String lookups = "Cache lookups, by result";
        metrics.counter(
                "simpleim.cache.lookups", lookups, () -> stats.get().hitCount(), "cache", name, "result", "hit");
        metrics.counter(
                "simpleim.cache.lookups", lookups, () -> stats.get().missCount(), "cache", name, "result", "miss");
    }
}
