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
 * Whether a later write vouches for an earlier one. Thread-safe.
 *
 * <p>What a primary has acknowledged to a majority and to its journal is a prefix of what it has done: a later write that
 * is safe makes every earlier one safe that the same primary did in the same term. The embedded store keeps the same
 * order in its file. So of several writes only the last has to be waited for, if all went to one primary that was neither
 * replaced nor restarted in between. That is so when
 *
 * <ul>
 *   <li>the driver knows the same primary, by address and election, before the first and after the last one, and
 *   <li>the last one went over a connection that was open before the first one: a process that has restarted, or a primary
 *       that has had to roll back and may have been elected once more, has closed those that it had.
 * </ul>
 *
 * <p>Where several servers write, as behind a {@code mongos}, nothing vouches for anything.
 */
public final class WriteOrder {
    private final AtomicLong opened = new AtomicLong();
    /** When each open connection was opened, counted in connections. */
    private final Map<Long, Long> openedAs = new ConcurrentHashMap<>();

    private final ThreadLocal<@Nullable Long> lastUsed = new ThreadLocal<>();
    private volatile @Nullable MongoClient client;

    WriteOrder() {}

    /** A moment before a write. */
    public static final class Mark {
        private final @Nullable Primary primary;
        private final long opened;

        private Mark(@Nullable Primary primary, long opened) {
            this.primary = primary;
            this.opened = opened;
        }

        /** Whether a write after this one may turn out to vouch for it. */
        public boolean isOfUse() {
            return primary != null;
        }
    }

    /** @param election null where there are none, for there is one server */
    record Primary(ServerAddress address, @Nullable ObjectId election) {}

    /** To be taken before the first write. */
    public Mark mark() {
        return new Mark(primary(), opened.get());
    }

    /**
     * Whether all that was written since a mark is as safe as the last write; asked by the thread that has just made that
     * one, and has waited until it was safe.
     */
    public boolean vouchesSince(Mark mark) {
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

    /** Has the driver tell of its connections. */
    ConnectionPoolListener listener() {
        return new ConnectionPoolListener() {
            @Override
            public void connectionReady(ConnectionReadyEvent event) {
                openedAs.put(event.getConnectionId().getLocalValue(), opened.incrementAndGet());
            }

            @Override
            public void connectionCheckedOut(ConnectionCheckedOutEvent event) {
                // Called on the thread that is about to use it.
                lastUsed.set(event.getConnectionId().getLocalValue());
            }

            @Override
            public void connectionClosed(ConnectionClosedEvent event) {
                openedAs.remove(event.getConnectionId().getLocalValue());
            }
        };
    }
}
