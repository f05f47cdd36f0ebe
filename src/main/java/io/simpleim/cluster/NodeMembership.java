package io.simpleim.cluster;

import io.simpleim.feed.Coverage;
import io.simpleim.model.StoreUnavailableException;
import io.simpleim.store.redis.NodeRegistry;
import io.simpleim.store.redis.NodeStreams;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node among the others: says that it is alive, knows who else is, and what it can be sure to have heard.
 * Thread-safe; asks Redis under no lock.
 *
 * <p>A node is known under the id of its incarnation. Whenever its key is found gone, because it was paused or Redis has
 * lost it, others may have taken it for dead: then it begins another one, has its users noted anew, and looks in the store
 * for what was stored since all was well the last time. The same, but for the new id, when Redis was away for a moment.
 */
public final class NodeMembership implements Coverage {
    private static final Logger log = LoggerFactory.getLogger(NodeMembership.class);

    /** How often a node says that it is alive, and looks who else is. */
    public static final Duration BEAT = Duration.ofSeconds(2);

    /** A node that has not said so for this long is dead; this, and two looks of another one, is less than 15 s. */
    private static final Duration ALIVE = Duration.ofSeconds(8);

    /** After so many beats all others have seen a new incarnation. */
    private static final int BEATS_UNTIL_KNOWN = 3;

    /** A part of Redis may lose its part of the notes, in a cluster, and nobody notices: all are noted anew so often. */
    private static final int BEATS_UNTIL_NOTED_ANEW = 150;

    /** Clocks of nodes may differ, times are of whole seconds, and news take a moment. */
    private static final int MARGIN_SECONDS = 10;

    /** A node that cannot tell, while all others can, has said so by then, or is dead. */
    private static final int LATEST_SECONDS = 60;

    private final NodeRegistry registry;
    private final NodeStreams streams;
    private final String info;
    private final NodeEvents events;
    private final Clock clock;
    private final OtherNodes others;
    private final StreamContinuity certainty;

    // Guarded by this.
    private String id = UUID.randomUUID().toString();
    /** The id of the next incarnation, so that one which does not come about leaves nothing behind. */
    private String nextId = UUID.randomUUID().toString();

    private boolean isNamed;
    /** Those of this incarnation that went well. */
    private int beats;

    private boolean hasComplained;
    private boolean hasMissedBeat;

    /**
     * @param info what operators may want to know of this node
     * @param nanoTime as {@link System#nanoTime()}
     */
    NodeMembership(
            NodeRegistry registry,
            NodeStreams streams,
            String info,
            NodeEvents events,
            Clock clock,
            LongSupplier nanoTime) {
        this.registry = registry;
        this.streams = streams;
        this.info = info;
        this.events = events;
        this.clock = clock;
        this.others = new OtherNodes(clock, nanoTime);
        this.certainty = new StreamContinuity(now());
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    /** The id of the incarnation that this node has now. */
    public synchronized String id() {
        return id;
    }

    /** How many nodes are alive, this one included, as of the last look. */
    public int size() {
        return others.alive().size() + 1;
    }

    /** Whether a node is alive, this one included, as of the last look. */
    public boolean isAlive(String nodeId) {
        return others.alive().contains(nodeId) || (nodeId.equals(id()) && isNamed());
    }

    private synchronized boolean isNamed() {
        return isNamed;
    }

    /**
     * The other nodes that are alive; asks again if that was not looked at lately.
     *
     * @throws StoreUnavailableException if it cannot be known
     */
    Collection<String> others() {
        if (!others.isSeenLately()) {
            look();
        }
        return others.alive();
    }

    /** Whether there was no other node alive a moment ago: one that has come since looks for what it was not told. */
    boolean hasNobodyToTell() {
        return others.alive().isEmpty() && others.isSeenLately() && isNamed();
    }

    /** Whether this node may not be found by others: then it is of no use to tell them who is connected here. */
    synchronized boolean isUnsure() {
        return !isNamed || hasMissedBeat || (certainty.isLost() && beats >= BEATS_UNTIL_KNOWN);
    }

    /** Says that this node is alive, and looks who else is; to be called every {@link #BEAT}. */
    void beat() {
        try {
            long at = now();
            if (!isNamed() || !registry.beat(id(), info, ALIVE)) {
                incarnate();
            }
            Map<String, Boolean> nodes = look();
            settle(at);
            buryTheDead(nodes);
        } catch (StoreUnavailableException e) {
            synchronized (this) {
                hasMissedBeat = true;
            }
            unsure(e.toString());
        }
    }

    /** Says that this node is alive, in the middle of something that takes long. */
    void keepAlive() {
        boolean unused = registry.beat(id(), info, ALIVE);
    }

    /** Begins to live under another id. Whoever finds the old one dead takes nothing from this one. */
    private void incarnate() {
        String fresh;
        boolean wasNamed;
        synchronized (this) {
            fresh = nextId;
            wasNamed = beats > 0;
        }
        if (wasNamed) {
            // First: from the moment on at which others find it, they tell it things as if it had heard those before.
            unsure("Others may have taken this node for dead");
        }
        streams.create(fresh);
        registry.appear(fresh, info, ALIVE);
        synchronized (this) {
            id = fresh;
            nextId = UUID.randomUUID().toString();
            isNamed = true;
            beats = 0;
        }
        log.info("This node is known to others as {}", fresh);
    }

    /** All nodes but this one, and whether they are alive. */
    private Map<String, Boolean> look() {
        Map<String, Boolean> nodes = new HashMap<>(registry.alive());
        if (nodes.remove(id()) == null) {
            // The names may have been lost alone, in a cluster: nobody would tell this node anything.
            lost(id());
        }
        others.see(nodes);
        return nodes;
    }

    /** All is well with Redis: whatever was missed before is made good once others know of this node. */
    private void settle(long at) {
        boolean isTimeToNote;
        boolean isKnown;
        synchronized (this) {
            isTimeToNote = beats % BEATS_UNTIL_NOTED_ANEW == 0;
            isKnown = beats + 1 >= BEATS_UNTIL_KNOWN && !certainty.isDeaf();
        }
        boolean isToLook = isKnown && certainty.isLost();
        if (isTimeToNote || isToLook) {
            // Before the store is asked: what is stored after that is told to where users are noted.
            events.noteAll(this::keepAlive);
        }
        synchronized (this) {
            beats++;
            hasMissedBeat = false;
            hasComplained = false;
        }
        long since = isKnown ? certainty.regain(at) : StreamContinuity.NEVER;
        try {
            events.noteRest();
        } finally {
            if (since != StreamContinuity.NEVER) {
                events.hearing(true);
                startToLook(since);
            }
        }
    }

    /** This node has read all that was told until a time, in Unix seconds. */
    void heard(long at) {
        certainty.heard(at);
    }

    /** What this node is told cannot be read: until it can, nothing is well. */
    void deaf(String why) {
        certainty.deafen();
        unsure(why);
    }

    /** Has looked for what was stored from a time on, in Unix seconds; until that is done nothing since then is sure. */
    void lookBack(long since) {
        certainty.beginToLook(since);
        startToLook(since);
    }

    private void startToLook(long since) {
        events.lookBack(since - MARGIN_SECONDS, () -> certainty.endToLook(since));
    }

    /** This node may not have heard everything since all was well. */
    void unsure(String why) {
        boolean wasSure = certainty.lose();
        boolean complains;
        synchronized (this) {
            complains = !hasComplained;
            hasComplained = true;
        }
        if (complains) {
            log.warn("Until this is over, messages of other nodes come late: {}", why);
        }
        if (wasSure) {
            events.hearing(false);
        }
    }

    /** The stream of an incarnation is gone, and with it maybe all else: the next beat begins anew. */
    synchronized void lost(String nodeId) {
        if (nodeId.equals(id)) {
            isNamed = false;
        }
    }

    private void buryTheDead(Map<String, Boolean> nodes) {
        long goneAt = others.takeClearedUp();
        if (goneAt != StreamContinuity.NEVER) {
            lookBack(goneAt - ALIVE.toSeconds());
        }
        nodes.forEach((nodeId, isAlive) -> {
            if (!isAlive && others.isDead(nodeId)) {
                long aliveAt = others.diedAfter(nodeId);
                // One that was never seen alive had died before anybody was connected here.
                if (aliveAt > 0) {
                    log.info("Node {} is dead", nodeId);
                    // It may have died between storing a message and telling of it.
                    lookBack(aliveAt - ALIVE.toSeconds());
                }
                events.dead(nodeId);
            }
        });
    }

    /** Whether this node has heard everything, and has found what it had not. */
    public boolean isSure() {
        return certainty.isWhole();
    }

    @Override
    public boolean isAlone() {
        return certainty.isWhole() && others.aloneSeconds() > LATEST_SECONDS;
    }

    @Override
    public long since() {
        return certainty.since(now()) - LATEST_SECONDS;
    }

    /** From now on this node counts as dead. */
    synchronized void leave() {
        isNamed = false;
    }
}
