package io.simpleim.cluster;

import io.simpleim.model.StoreUnavailableException;
import io.simpleim.store.redis.NodeRegistry;
import io.simpleim.store.redis.NodeStreams;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** A node that beats when a test says so, and what has followed from that. Used by one thread. */
final class OneNode implements NodeEvents {
    static final int BEATS_UNTIL_SURE = 3;

    final NodeMembership membership;
    /** Since when it was to look, each time. */
    final List<Long> lookBacks = new ArrayList<>();
    /** Under which ids all were noted. */
    final List<String> notedAll = new ArrayList<>();

    final List<String> dead = new ArrayList<>();
    final List<Boolean> hearing = new ArrayList<>();
    private final List<Runnable> looking = new ArrayList<>();
    private boolean cannotNote;
    /** What is done at the moment at which it is told to look. */
    Runnable atLookBack = () -> {};
    /** What is done as it is to note all, and the rest. */
    Runnable atNoteAll = () -> {};

    Runnable atNoteRest = () -> {};

    OneNode(NodeRegistry registry, NodeStreams streams, Clock clock, LongSupplier nanoTime) {
        membership = new NodeMembership(registry, streams, "a test", this, clock, nanoTime);
    }

    String id() {
        return membership.id();
    }

    /** All that it was to look for is found. */
    void found() {
        looking.forEach(Runnable::run);
        looking.clear();
    }

    /** From now on it can note nobody, or can again. */
    void cannotNote(boolean cannot) {
        cannotNote = cannot;
    }

    @Override
    public void lookBack(long since, Runnable done) {
        lookBacks.add(since);
        looking.add(done);
        atLookBack.run();
    }

    @Override
    public void noteAll(Runnable keepAlive) {
        if (cannotNote) {
            throw new StoreUnavailableException("Redis", new IllegalStateException("out of reach"));
        }
        notedAll.add(membership.id());
        atNoteAll.run();
    }

    @Override
    public void noteRest() {
        atNoteRest.run();
    }

    @Override
    public void dead(String nodeId) {
        dead.add(nodeId);
    }

    @Override
    public void hearing(boolean isHearing) {
        hearing.add(isHearing);
    }
}
