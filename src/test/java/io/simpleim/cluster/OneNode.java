package io.simpleim.cluster;

import io.simpleim.cluster.membership.ClusterCoverage;
import io.simpleim.cluster.membership.ClusterState;
import io.simpleim.cluster.membership.NodeMembership;
import io.simpleim.feed.Coverage;
import io.simpleim.model.StoreUnavailableException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;

/** A node that beats when a test says so, and what has followed from that. Used by one thread. */
final class OneNode implements Heartbeat.Actions, ClusterListener {
    static final int BEATS_UNTIL_COMPLETE = 3;

    final ClusterState state;
    final NodeMembership membership;
    final Coverage coverage;
    final CatchUpTrigger catchUps;
    private final Heartbeat heartbeat;
    /** The start times of the catch-ups that were requested. */
    final List<Long> catchUpsSince = new ArrayList<>();
    /** The id of this node at each time when all locations were to be written. */
    final List<String> writtenAs = new ArrayList<>();

    final List<String> dead = new ArrayList<>();
    final List<Boolean> reception = new ArrayList<>();
    private final List<Runnable> unfinished = new ArrayList<>();
    private boolean cannotWrite;
    /** Run when a catch-up is requested. */
    Runnable atCatchUp = () -> {};
    /** Run when all locations, and the pending ones, are to be written. */
    Runnable atWriteLocations = () -> {};

    Runnable atWritePending = () -> {};

    OneNode(ClusterKeys keys, Clock clock, LongSupplier nanoTime) {
        state = ClusterState.create(keys.nodes(), clock, nanoTime);
        membership = state.membership();
        coverage = new ClusterCoverage(state.continuity(), state.others(), clock);
        catchUps = new CatchUpTrigger(state.continuity(), this);
        heartbeat = new Heartbeat(state, catchUps, keys, this, "a test", clock);
    }

    String id() {
        return membership.id();
    }

    void beat() {
        heartbeat.beat();
    }

    boolean isComplete() {
        return state.continuity().isComplete();
    }

    boolean isUnreachable() {
        return state.incarnation().isUnreachable(state.continuity());
    }

    /** All catch-ups have found everything. */
    void finishCatchUps() {
        unfinished.forEach(Runnable::run);
        unfinished.clear();
    }

    /** From now on no location can be written, or all can again. */
    void cannotWrite(boolean cannot) {
        cannotWrite = cannot;
    }

    @Override
    public void catchUp(long since, Runnable done) {
        catchUpsSince.add(since);
        unfinished.add(done);
        atCatchUp.run();
    }

    @Override
    public void receptionChanged(boolean isComplete) {
        reception.add(isComplete);
    }

    @Override
    public void usersMoved(Collection<String> userIds) {}

    @Override
    public void writeLocations(Runnable keepAlive) {
        if (cannotWrite) {
            throw new StoreUnavailableException("Redis", new IllegalStateException("out of reach"));
        }
        writtenAs.add(membership.id());
        atWriteLocations.run();
    }

    @Override
    public void writePendingLocations() {
        atWritePending.run();
    }

    @Override
    public void cleanUp(String deadNodeId) {
        dead.add(deadNodeId);
    }
}
