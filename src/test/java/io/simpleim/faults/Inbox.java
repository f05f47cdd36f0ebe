package io.simpleim.faults;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything one user's client has received over successive connections: live pushes, backlog, and the answers to its
 * {@code sync} after a gap. Thread-safe.
 */
final class Inbox implements AutoCloseable {
    private static final int ACK_EVERY = 5;
    private static final int OK = 200;

    private final String name;
    private final String token;
    private final boolean acks;
    private final boolean sends;
    private final SendLedger ledger;

    // All guarded by this.
    /** Texts by number, by room. */
    private final Map<String, Map<Long, String>> held = new HashMap<>();
    /** The last seq of each room before the first hole. */
    private final Map<String, Long> complete = new HashMap<>();

    private final Map<String, Long> lastPushed = new HashMap<>();
    /** The seq at which pushes resume after an announced gap. */
    private final Map<String, Long> afterGap = new HashMap<>();

    private BreakableSocket socket;
    private boolean asking;
    private int connections;

    /** @param sends whether the user also sends; a user's own messages count as received on all of its connections */
    Inbox(String name, String token, boolean acks, boolean sends, SendLedger ledger) {
        this.name = name;
        this.token = token;
        this.acks = acks;
        this.sends = sends;
        this.ledger = ledger;
    }

    /** Opens a new connection and returns when pushes may arrive. */
    void connect(URI base) {
        synchronized (this) {
            lastPushed.clear();
            afterGap.clear();
            asking = false;
            connections++;
        }
        BreakableSocket opened = BreakableSocket.open(base, "u/user/connect", token, this::take);
        synchronized (this) {
            socket = opened;
            // Messages written to a client that never acknowledges count as received even if they were lost.
            if (!acks || sends || !afterGap.isEmpty()) {
                ask();
            }
        }
    }

    /** Whether the connection of the last {@link #connect} is still open. */
    synchronized boolean isConnected() {
        return socket != null && !socket.ended().isDone();
    }

    private synchronized void take(JsonObject frame) {
        if (frame.has("event")) {
            if (frame.get("event").getAsString().equals("gap")) {
                afterGap.put(
                        frame.get("room_id").getAsString(),
                        frame.get("before_seq").getAsLong());
                ask();
            }
        } else if (frame.has("seq")) {
            pushed(frame);
        } else if (frame.has("ref")) {
            asking = false;
            if (frame.get("code").getAsInt() == OK) {
                synced(frame.getAsJsonObject("data"));
            } else {
                ask();
            }
        }
    }

    private void pushed(JsonObject push) {
        String roomId = push.get("room_id").getAsString();
        long seq = push.get("seq").getAsLong();
        Long last = lastPushed.put(roomId, seq);
        boolean announced = afterGap.getOrDefault(roomId, 0L) == seq;
        if (last != null && (seq <= last || (seq > last + 1 && !announced))) {
            ledger.fault(
                    "%s got %d after %d in %s on its connection %d".formatted(name, seq, last, roomId, connections));
        }
        // A client that acknowledges and does not send misses only what a gap event announced.
        if (last == null && acks && !sends && !announced && seq > complete.getOrDefault(roomId, 0L) + 1) {
            ledger.fault("%s holds %d of %s and connection %d begins with %d"
                    .formatted(name, complete.getOrDefault(roomId, 0L), roomId, connections, seq));
        }
        hold(roomId, push);
        if (acks && seq % ACK_EVERY == 0 && complete.get(roomId) > 0) {
            send("{\"op\":\"ack\",\"room_id\":\"" + roomId + "\",\"seq\":" + complete.get(roomId) + "}");
        }
    }

    private void synced(JsonObject answer) {
        boolean isComplete = true;
        for (JsonElement element : answer.getAsJsonArray("rooms")) {
            JsonObject room = element.getAsJsonObject();
            if (room.has("reset")) {
                ledger.fault(name + " is to drop what it holds: " + room);
            }
            room.getAsJsonArray("messages")
                    .forEach(message -> hold(room.get("room_id").getAsString(), message.getAsJsonObject()));
            isComplete &= room.get("complete").getAsBoolean();
        }
        if (!isComplete) {
            ask();
        }
    }

    private void hold(String roomId, JsonObject message) {
        Map<Long, String> room = held.computeIfAbsent(roomId, id -> new HashMap<>());
        long seq = message.get("seq").getAsLong();
        String text = message.get("message_data").getAsString();
        String before = room.putIfAbsent(seq, text);
        if (before != null && !before.equals(text)) {
            ledger.fault("%s got %s and %s as number %d of %s".formatted(name, before, text, seq, roomId));
        }
        long upTo = complete.getOrDefault(roomId, 0L);
        while (room.containsKey(upTo + 1)) {
            upTo++;
        }
        complete.put(roomId, upTo);
    }

    /** Requests missing messages; at most one request is in progress. */
    synchronized void ask() {
        if (asking || socket == null) {
            return;
        }
        asking = true;
        JsonObject rooms = new JsonObject();
        complete.forEach(rooms::addProperty);
        send("{\"op\":\"sync\",\"ref\":\"sync\",\"limit\":200,\"rooms\":" + rooms + "}");
    }

    /** Does not wait, since a frame that cannot be sent on a dead connection does not matter. */
    private void send(String frame) {
        if (socket != null) {
            socket.sendLater(frame);
        }
    }

    /** Whether every message of a snapshot was received unchanged. */
    synchronized boolean holds(StoreSnapshot snapshot, Set<String> roomIds) {
        for (String roomId : roomIds) {
            if (complete.getOrDefault(roomId, 0L) < snapshot.last(roomId)) {
                return false;
            }
            List<StoreSnapshot.Stored> stored = snapshot.rooms().getOrDefault(roomId, List.of());
            Map<Long, String> here = held.getOrDefault(roomId, Map.of());
            for (StoreSnapshot.Stored message : stored) {
                if (!message.text().equals(here.get(message.seq()))) {
                    ledger.fault("%s got %s as %s".formatted(name, here.get(message.seq()), message));
                }
            }
        }
        return true;
    }

    @Override
    public synchronized String toString() {
        return name + " holds " + complete + ", pushed last " + lastPushed + ", asking " + asking;
    }

    @Override
    public synchronized void close() {
        if (socket != null) {
            socket.close();
        }
    }
}
