package io.simpleim.cluster.outbox;

import io.simpleim.cluster.membership.NodeMembership;
import io.simpleim.cluster.message.CatchUpRequest;
import io.simpleim.cluster.message.ClusterMessage;
import io.simpleim.cluster.message.ClusterMessageCodec;
import io.simpleim.model.StoreUnavailableException;
import io.simpleim.store.redis.NodeStreams;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds batches of messages to the streams of the nodes that they concern. For one thread; {@link #published} may be called
 * by any.
 */
final class BatchPublisher {
    private static final Logger log = LoggerFactory.getLogger(BatchPublisher.class);

    private final NodeMembership membership;
    private final MessageRouter router;
    private final NodeStreams streams;
    private final OwedCatchUp owed;
    private final AnnouncedSeqs announced = new AnnouncedSeqs();
    private final LongAdder published = new LongAdder();

    BatchPublisher(NodeMembership membership, MessageRouter router, NodeStreams streams, OwedCatchUp owed) {
        this.membership = membership;
        this.router = router;
        this.streams = streams;
        this.owed = owed;
    }

    /** Returns the number of messages that were published while other nodes were alive. */
    long published() {
        return published.sum();
    }

    /**
     * Requests the owed catch-up, then publishes a batch. Never fails: if Redis is out of reach, a catch-up is owed
     * instead.
     */
    void publish(List<ClusterMessage> batch) {
        try {
            requestOwedCatchUp();
            if (!batch.isEmpty()) {
                publishToOthers(batch);
            }
        } catch (StoreUnavailableException e) {
            log.debug("Other nodes will be asked later to catch up: {}", e.getMessage());
            fail();
        } catch (RuntimeException | Error e) {
            log.error("Cluster messages could not be published", e);
            fail();
        }
    }

    private void fail() {
        announced.forgetAll();
        owed.add();
    }

    private void requestOwedCatchUp() {
        long since = owed.take();
        if (since == OwedCatchUp.NOTHING) {
            return;
        }
        try {
            Map<String, List<String>> entries = new HashMap<>();
            String request = ClusterMessageCodec.write(new CatchUpRequest(since));
            membership.others().forEach(nodeId -> entries.put(nodeId, List.of(request)));
            streams.tell(entries);
        } catch (RuntimeException e) {
            owed.putBack(since);
            throw e;
        }
    }

    private void publishToOthers(List<ClusterMessage> batch) {
        Collection<String> others = membership.others();
        if (others.isEmpty()) {
            // A node that joins later has not received these messages.
            announced.forgetAll();
            return;
        }
        MessageRouter.Routes routes = router.routes(batch, others);
        Set<String> withoutStream = streams.tell(entries(batch, routes));
        published.add(batch.size());
        router.forget(withoutStream, routes);
    }

    private Map<String, List<String>> entries(List<ClusterMessage> batch, MessageRouter.Routes routes) {
        StreamEntries entries = new StreamEntries();
        String self = membership.id();
        for (ClusterMessage message : batch) {
            String text = ClusterMessageCodec.write(announced.announce(message));
            for (String nodeId : routes.nodesOf(message)) {
                if (!nodeId.equals(self)) {
                    entries.add(nodeId, text);
                }
            }
        }
        return entries.byNode();
    }
}
