package io.simpleim.store.mongo;

import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ServerDescription;
import com.mongodb.event.ConnectionCheckedOutEvent;
import com.mongodb.event.ConnectionClosedEvent;
import com.mongodb.event.ConnectionPoolListener;
import com.mongodb.event.ConnectionReadyEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a durable write makes earlier writes durable too. Thread-safe.
 *
 * <p>The writes that a primary has replicated to a majority and journaled are a prefix of its history: once a write is
 * durable, so is every earlier write of the same primary in the same term. The embedded store keeps the same order in its
 * file. Of several writes, only the last one has to be confirmed, provided that they all went to one primary that was
 * neither replaced nor restarted in between. This holds if
 *
 * <ul>
 *   <li>the driver knows the same primary, by address and election, before the first and after the last write, and
 *   <li>the last write used a connection that was open before the first write: a restarted process, or a primary that had
 *       to roll back and was re-elected, has closed its old connections.
 * </ul>
 *
 * <p>It never holds where several servers accept writes, as behind a {@code mongos}.
 */
public final class WriteOrder {
    private final AtomicLong opened = new AtomicLong();
    /** Ordinal of each open connection, by its id; a later connection has a higher one. */
    private final Map<Long, Long> openedAs = new ConcurrentHashMap<>();

    /** Id of the connection that the thread used last. */
    private final ThreadLocal<@Nullable Long> lastUsed = new ThreadLocal<>();

    private volatile @Nullable MongoClient client;

    WriteOrder() {}

    /** The state of the primary and its connections before a write. */
    public static final class Mark {
        private final @Nullable Primary primary;
        private final long opened;

        private Mark(@Nullable Primary primary, long opened) {
            this.primary = primary;
            this.opened = opened;
        }

        /** Whether a later write can make the writes since this mark durable at all. */
        public boolean isUsable() {
            return primary != null;
        }
    }

    /** @param election null for a standalone server, which has no elections */
    record Primary(ServerAddress address, @Nullable ObjectId election) {}

    /** Takes the state before the first write. */
    public Mark mark() {
        return new Mark(primary(), opened.get());
    }

    /**
     * Whether all writes since a mark are as durable as the last one. Must be called by the thread that made the last write
     * and waited until it was durable.
     */
    public boolean coversSince(Mark mark) {
        Long connection = lastUsed.get();
        Long used = connection == null ? null : openedAs.get(connection);
        return used != null && used <= mark.opened && mark.primary != null && mark.primary.equals(primary());
    }

    private @Nullable Primary primary() {
        MongoClient known = client;
        return known == null ? null : primaryOf(known.getClusterDescription());
    }

    static @Nullable Primary primaryOf(ClusterDescription cluster) {
        for (ServerDescription server : cluster.getServerDescriptions()) {
            if (server.isStandAlone()) {
                return new Primary(server.getAddress(), null);
            }
            if (server.isReplicaSetMember() && server.isPrimary() && server.getElectionId() != null) {
                return new Primary(server.getAddress(), server.getElectionId());
            }
        }
        return null;
    }

    void observe(MongoClient observed) {
        client = observed;
    }

    /** Returns the listener that tracks the connections of the driver. */
    ConnectionPoolListener listener() {
        return new ConnectionPoolListener() {
            @Override
            public void connectionReady(ConnectionReadyEvent event) {
                openedAs.put(event.getConnectionId().getLocalValue(), opened.incrementAndGet());
            }

            @Override
            public void connectionCheckedOut(ConnectionCheckedOutEvent event) {
                // Called on the thread that is about to use the connection.
                lastUsed.set(event.getConnectionId().getLocalValue());
            }

            @Override
            public void connectionClosed(ConnectionClosedEvent event) {
                openedAs.remove(event.getConnectionId().getLocalValue());
            }
        };
    }
}
