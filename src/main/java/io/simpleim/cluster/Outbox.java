package io.simpleim.cluster;

import io.simpleim.model.StoreUnavailableException;
import io.simpleim.store.redis.NodeStreams;
import io.simpleim.store.redis.UserLocations;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other nodes what concerns them. What is to be told is gathered and sent together by one thread: nobody waits for
 * it, and the busier the node, the fewer commands for each message. Thread-safe.
 *
 * <p>Nothing is kept for a Redis that is away. What could not be told is owed instead: as soon as it is there again, all
 * nodes are told to look in the store for what they have not heard of.
 */
public final class Outbox {
    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    private static final int MOST_WAITING = 10_000;
    private static final int MOST_AT_ONCE = 1000;
    /** The longest that a message is on its way from its sender to being told of. */
    private static final int OLDEST_SECONDS = 10;

    private static final long NOTHING = Long.MAX_VALUE;

    private final NodeMembership membership;
    private final UserLocations whereabouts;
    private final NodeStreams streams;
    private final Clock clock;
    private final LongSupplier nanoTime;

    // Guarded by this.
    private List<ClusterMessage> waiting = new ArrayList<>();
    private boolean isTelling;
    private boolean isWoken;
    private boolean closed;
    /** Since when news may have been lost, in Unix seconds. */
    private long owedSince = NOTHING;

    /** Belongs to the thread that tells. */
    private final AnnouncedSeqs told = new AnnouncedSeqs();

    private final LongAdder toldCount = new LongAdder();

    /** @param nanoTime as {@link System#nanoTime()} */
    public Outbox(
            NodeMembership membership,
            UserLocations whereabouts,
            NodeStreams streams,
            Clock clock,
            LongSupplier nanoTime) {
        this.membership = membership;
        this.whereabouts = whereabouts;
        this.streams = streams;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** How many news other nodes were told so far, as far as they concern any. */
    public long count() {
        return toldCount.sum();
    }

    /** How many news wait to be told. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** Has other nodes told, in the order of the calls; never waits, never fails. */
    public void tell(ClusterMessage news) {
        if (!membership.hasNobodyToTell()) {
            add(news);
        }
    }

    private synchronized void add(ClusterMessage news) {
        if (waiting.size() >= MOST_WAITING) {
            owe();
            return;
        }
        waiting.add(news);
        if (waiting.size() == 1) {
            notifyAll();
        }
    }

    /** Tells, on the calling thread, until it is closed and nothing waits. */
    void run() {
        List<ClusterMessage> taken = take();
        while (!taken.isEmpty() || !isClosed()) {
            tell(taken);
            taken = take();
        }
        idle();
    }

    private synchronized void idle() {
        isTelling = false;
        notifyAll();
    }

    private synchronized List<ClusterMessage> take() {
        isTelling = false;
        notifyAll();
        try {
            while (waiting.isEmpty() && !isWoken && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            closed = true;
        }
        isWoken = false;
        int count = Math.min(MOST_AT_ONCE, waiting.size());
        List<ClusterMessage> taken = new ArrayList<>(waiting.subList(0, count));
        waiting = new ArrayList<>(waiting.subList(count, waiting.size()));
        isTelling = true;
        return taken;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void tell(List<ClusterMessage> taken) {
        try {
            settle();
            if (!taken.isEmpty()) {
                tellOthers(taken);
            }
        } catch (StoreUnavailableException e) {
            log.debug("Other nodes are told later to look for what they were not told: {}", e.getMessage());
            failed();
        } catch (RuntimeException | Error e) {
            log.error("News could not be told", e);
            failed();
        }
    }

    private void tellOthers(List<ClusterMessage> taken) {
        Collection<String> others = membership.others();
        if (others.isEmpty()) {
            // Whoever comes next has not been told of these.
            told.forgetAll();
            return;
        }
        Map<String, Set<String>> nodesByUser = nodesOf(taken);
        Set<String> gone = streams.tell(entries(taken, others, nodesByUser));
        toldCount.add(taken.size());
        if (!others.containsAll(gone)) {
            forget(gone, others, nodesByUser);
        }
    }

    private void failed() {
        told.forgetAll();
        synchronized (this) {
            owe();
        }
    }

    /** Users who are noted on nodes that are gone for good: a node may have died while it noted them. */
    private void forget(Set<String> gone, Collection<String> others, Map<String, Set<String>> nodesByUser) {
        for (String nodeId : gone) {
            if (!others.contains(nodeId)) {
                Set<String> userIds = new HashSet<>();
                nodesByUser.forEach((userId, nodes) -> {
                    if (nodes.contains(nodeId)) {
                        userIds.add(userId);
                    }
                });
                whereabouts.note(nodeId, List.of(), userIds);
            }
        }
    }

    private void owe() {
        owedSince = Math.min(owedSince, clock.instant().getEpochSecond() - OLDEST_SECONDS);
    }

    /** Has other nodes told to look for what they could not be told, if Redis is there again. */
    synchronized void wake() {
        if (owedSince != NOTHING) {
            isWoken = true;
            notifyAll();
        }
    }

    /** Whether nothing is owed to others, and nothing waits. */
    synchronized boolean hasToldAll() {
        return owedSince == NOTHING && waiting.isEmpty() && !isTelling;
    }

    private void settle() {
        long since;
        synchronized (this) {
            since = owedSince;
            owedSince = NOTHING;
        }
        if (since == NOTHING) {
            return;
        }
        try {
            Map<String, List<String>> entries = new HashMap<>();
            String lookBack = ClusterMessageCodec.write(new ClusterMessage.LookBack(since), false);
            membership.others().forEach(nodeId -> entries.put(nodeId, List.of(lookBack)));
            streams.tell(entries);
        } catch (RuntimeException e) {
            synchronized (this) {
                owedSince = Math.min(owedSince, since);
            }
            throw e;
        }
    }

    private Map<String, Set<String>> nodesOf(List<ClusterMessage> taken) {
        Set<String> userIds = new HashSet<>();
        taken.forEach(news -> userIds.addAll(news.userIds()));
        return userIds.isEmpty() ? Map.of() : whereabouts.nodesOf(userIds);
    }

    private Map<String, List<String>> entries(
            List<ClusterMessage> taken, Collection<String> others, Map<String, Set<String>> nodesByUser) {
        StreamEntries entries = new StreamEntries();
        String self = membership.id();
        for (ClusterMessage news : taken) {
            String text = ClusterMessageCodec.write(news, told.isNext(news));
            for (String nodeId : concerned(news, others, nodesByUser)) {
                if (!nodeId.equals(self)) {
                    entries.add(nodeId, text);
                }
            }
        }
        return entries.byNode();
    }

    private static Collection<String> concerned(
            ClusterMessage news, Collection<String> others, Map<String, Set<String>> nodesByUser) {
        if (news.userIds().isEmpty()) {
            return others;
        }
        Set<String> nodes = new HashSet<>();
        news.userIds().forEach(userId -> nodes.addAll(nodesByUser.getOrDefault(userId, Set.of())));
        return nodes;
    }

    /** Returns when all that was to be told is told, or after some time. */
    synchronized void flush(long deadlineNanos) throws InterruptedException {
        wake();
        long left = deadlineNanos - nanoTime.getAsLong();
        while ((isTelling || isWoken || !waiting.isEmpty()) && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = deadlineNanos - nanoTime.getAsLong();
        }
    }

    /** Has {@link #run} end once nothing waits. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
