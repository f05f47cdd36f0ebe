package io.simpleim.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImUser;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Chat traffic for a fault test: clients that send to one room over REST and WebSockets, a single chat, and listeners.
 * Works against any server. Used by one thread.
 */
final class ChatTraffic {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int REST_SENDERS = 4;
    private static final int PAGE_SIZE = 100;

    private final SendLedger ledger = new SendLedger();
    private final List<SendingClient> sendingClients = new ArrayList<>();
    private final Map<Inbox, Set<String>> inboxes = new LinkedHashMap<>();

    private final Map<String, ImUser> users = new LinkedHashMap<>();
    private final ImUser anna;
    private final ImUser bert;
    private final String roomId;
    private final String singleChatId;

    /** @param inFlight messages that each sending WebSocket may have unanswered */
    ChatTraffic(ImClient client, int inFlight) {
        anna = ImUser.loggedIn(client, ImClient.anyUser());
        bert = ImUser.loggedIn(client, ImClient.anyUser());
        List<ImUser> senders = IntStream.range(0, REST_SENDERS + 2)
                .mapToObj(i -> ImUser.loggedIn(client, ImClient.anyUser()))
                .toList();
        ImUser silent = ImUser.loggedIn(client, ImClient.anyUser());
        List<ImUser> guests = new ArrayList<>(senders);
        guests.add(bert);
        guests.add(silent);
        roomId = anna.roomWith(guests.toArray(ImUser[]::new));

        for (int i = 0; i < REST_SENDERS; i++) {
            sendingClients.add(new SendingClient(
                    "rest" + i, SendChannel.toRoom(senders.get(i).token(), roomId), 1, ledger));
        }
        String first = senders.get(REST_SENDERS).token();
        String second = senders.get(REST_SENDERS + 1).token();
        sendingClients.add(new SendingClient("socket", SendChannel.socket(first, roomId), inFlight, ledger));
        sendingClients.add(new SendingClient("operation", SendChannel.operation(second, roomId), inFlight, ledger));
        singleChatId = createSingleChat();
        listen("anna", anna, true, Set.of(roomId, singleChatId));
        listen("bert", bert, false, Set.of(roomId, singleChatId));
        listen("silent", silent, true, Set.of(roomId));
    }

    /** The first message creates the single chat, so that all parties know its id. */
    private String createSingleChat() {
        SendingClient toBert = new SendingClient("anna", SendChannel.toUser(anna.token(), bert.id()), 1, ledger);
        SendingClient toAnna = new SendingClient("bert", SendChannel.toUser(bert.token(), anna.id()), 1, ledger);
        sendingClients.add(toBert);
        sendingClients.add(toAnna);
        toBert.sendOne(anna.client().base());
        return ledger.receipts().get(SendLedger.text("anna", 0)).roomId();
    }

    private void listen(String name, ImUser user, boolean acks, Set<String> rooms) {
        users.put(name, user);
        boolean sends = rooms.contains(singleChatId);
        inboxes.put(new Inbox(name, user.inAnotherSession().token(), acks, sends, ledger), rooms);
    }

    SendLedger ledger() {
        return ledger;
    }

    /** Connects all listeners. */
    void connect(URI base) {
        connect(() -> base);
    }

    /** Connects each listener to the next server of the supplier. */
    void connect(Supplier<URI> bases) {
        inboxes.keySet().forEach(inbox -> inbox.connect(bases.get()));
    }

    /** Reconnects the listeners that have lost their connection. */
    void reconnect(Supplier<URI> bases) {
        inboxes.keySet().stream().filter(inbox -> !inbox.isConnected()).forEach(inbox -> inbox.connect(bases.get()));
    }

    /** Number of listeners that have lost their connection. */
    long disconnectedCount() {
        return inboxes.keySet().stream().filter(inbox -> !inbox.isConnected()).count();
    }

    /** Starts all senders. Each future completes when its sender has stopped or its server has died. */
    List<CompletableFuture<Void>> sendUntil(URI base, CountDownLatch stop) {
        return sendingClients.stream()
                .map(sender -> sender.sendUntil(base, stop))
                .toList();
    }

    /**
     * Starts all senders. A sender whose server dies moves to the next one; each future completes when its sender has
     * stopped.
     */
    List<CompletableFuture<Void>> sendAnywhere(Supplier<URI> bases, CountDownLatch stop) {
        return sendingClients.stream()
                .map(sender -> sender.sendAnywhere(bases, stop))
                .toList();
    }

    /** Resends every unanswered message, to any server. */
    void retryUnansweredAnywhere(Supplier<URI> bases) {
        sendingClients.forEach(sender -> sender.retryUnansweredAnywhere(bases));
    }

    /** The rooms that carry the traffic. */
    Set<String> rooms() {
        return Set.of(roomId, singleChatId);
    }

    /** A listening user. */
    ImUser user(String name) {
        return users.get(name);
    }

    /** Waits until all senders have stopped. */
    static void awaitStopped(List<CompletableFuture<Void>> sending) {
        sending.forEach(
                ended -> ended.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join());
    }

    /** Resends every unanswered message. */
    void retryUnanswered(URI base) {
        sendingClients.forEach(sender -> sender.retryUnanswered(base));
    }

    /** Waits for this number of further answers. */
    void awaitAnswers(int count) {
        int before = ledger.size();
        await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(() -> ledger.size() >= before + count);
    }

    /** Waits until this number of further sends were refused as unavailable. */
    void awaitRefusals(int count) {
        int before = ledger.refusals();
        await().atMost(PATIENCE).until(() -> ledger.refusals() >= before + count);
    }

    /** As {@link #awaitReceived(StoreSnapshot)}, reconnecting listeners whose connection the server has closed. */
    void awaitReceived(StoreSnapshot snapshot, Supplier<URI> bases) {
        await().atMost(PATIENCE).until(() -> {
            reconnect(bases);
            return inboxes.entrySet().stream().allMatch(inbox -> inbox.getKey().holds(snapshot, inbox.getValue()));
        });
        ledger.assertNoFaults();
    }

    /** Waits until every listener has received all messages of a snapshot. */
    void awaitReceived(StoreSnapshot snapshot) {
        inboxes.forEach((inbox, rooms) -> await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(inbox.holds(snapshot, rooms)).as("%s", inbox).isTrue()));
        ledger.assertNoFaults();
    }

    void assertStillConnected() {
        assertThat(inboxes.keySet())
                .allSatisfy(inbox -> assertThat(inbox.isConnected()).isTrue());
    }

    void disconnect() {
        inboxes.keySet().forEach(Inbox::close);
    }

    /** Checks that history and room list start with the newest message of a snapshot. */
    void assertNewestIsVisible(URI base, StoreSnapshot snapshot) {
        ImUser reader = new ImUser(new ImClient(base), anna.id(), anna.token());
        for (String room : Set.of(roomId, singleChatId)) {
            StoreSnapshot.Stored last = snapshot.rooms().get(room).get((int) snapshot.last(room) - 1);
            JsonObject newest = reader.history(room, "page_size", 1).get(0).getAsJsonObject();
            assertThat(newest.get("Seq").getAsLong()).isEqualTo(last.seq());
            assertThat(newest.get("MessageId").getAsString()).isEqualTo(last.messageId());
            assertThat(newest.get("MessageData").getAsString()).isEqualTo(last.text());
            JsonObject listed = reader.rooms().asList().stream()
                    .map(item -> item.getAsJsonObject())
                    .filter(item -> item.get("RoomId").getAsString().equals(room))
                    .findFirst()
                    .orElseThrow();
            assertThat(listed.get("LastSeq").getAsLong()).isEqualTo(last.seq());
            assertThat(listed.get("LastMessageId").getAsString()).isEqualTo(last.messageId());
            assertThat(listed.get("LastMessageData").getAsString()).isEqualTo(last.text());
        }
    }

    /** Checks that the complete history of each room, read page by page, equals a snapshot. */
    void assertHistoryMatches(URI base, StoreSnapshot snapshot) {
        ImUser reader = new ImUser(new ImClient(base), anna.id(), anna.token());
        snapshot.rooms().forEach((room, stored) -> {
            List<StoreSnapshot.Stored> read = new ArrayList<>();
            while (read.size() < stored.size()) {
                int before = read.size();
                reader.history(room, "after_seq", before, "page_size", PAGE_SIZE)
                        .forEach(item -> read.add(stored(item.getAsJsonObject())));
                assertThat(read).hasSizeGreaterThan(before);
            }
            assertThat(read).isEqualTo(stored);
        });
    }

    private static StoreSnapshot.Stored stored(JsonObject item) {
        return new StoreSnapshot.Stored(
                item.get("Seq").getAsLong(),
                item.get("MessageId").getAsString(),
                item.get("MessageData").getAsString());
    }
}
