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
 * The users of a fault test: many who write to one room, over REST and WebSockets; two who write to each other; and some
 * who listen. They get on with it at whatever server is there. Used by one thread.
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

    /** @param inFlight how many messages a WebSocket that sends has under way at a time */
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
            sendingClients.add(new SendingClient("rest" + i, SendChannel.toRoom(senders.get(i).token(), roomId), 1, ledger));
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

    /** The first message makes the room of the two, so that all know it. */
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

    /** All who listen connect. */
    void connect(URI base) {
        connect(() -> base);
    }

    /** All who listen connect, each to the server that is named next. */
    void connect(Supplier<URI> bases) {
        inboxes.keySet().forEach(inbox -> inbox.connect(bases.get()));
    }

    /** Those who have lost their connection connect again. */
    void reconnect(Supplier<URI> bases) {
        inboxes.keySet().stream().filter(inbox -> !inbox.isConnected()).forEach(inbox -> inbox.connect(bases.get()));
    }

    /** How many connections have broken. */
    long disconnectedCount() {
        return inboxes.keySet().stream().filter(inbox -> !inbox.isConnected()).count();
    }

    /** All talk; each gives when it has stopped, or has seen the server die. */
    List<CompletableFuture<Void>> sendUntil(URI base, CountDownLatch stop) {
        return sendingClients.stream().map(sender -> sender.sendUntil(base, stop)).toList();
    }

    /** All talk, and go on at the server that is named next when theirs is gone; each gives when it has stopped. */
    List<CompletableFuture<Void>> sendAnywhere(Supplier<URI> bases, CountDownLatch stop) {
        return sendingClients.stream().map(sender -> sender.sendAnywhere(bases, stop)).toList();
    }

    /** What was not answered is sent again, to any server. */
    void retryUnansweredAnywhere(Supplier<URI> bases) {
        sendingClients.forEach(sender -> sender.retryUnansweredAnywhere(bases));
    }

    /** The rooms in which all this happens. */
    Set<String> rooms() {
        return Set.of(roomId, singleChatId);
    }

    /** Those of the users who listen, by name. */
    ImUser user(String name) {
        return users.get(name);
    }

    /** Waits until all have stopped sending. */
    static void awaitStopped(List<CompletableFuture<Void>> sending) {
        sending.forEach(
                ended -> ended.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join());
    }

    /** What was not answered is sent again. */
    void retryUnanswered(URI base) {
        sendingClients.forEach(sender -> sender.retryUnanswered(base));
    }

    /** Waits until so many more messages were answered. */
    void awaitAnswers(int count) {
        int before = ledger.size();
        await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(() -> ledger.size() >= before + count);
    }

    /** Waits until so many more sends were told that they cannot be stored now. */
    void awaitRefusals(int count) {
        int before = ledger.refusals();
        await().atMost(PATIENCE).until(() -> ledger.refusals() >= before + count);
    }

    /** As {@link #awaitReceived(StoreSnapshot)}; those whose connection the server has closed connect again meanwhile. */
    void awaitReceived(StoreSnapshot snapshot, Supplier<URI> bases) {
        await().atMost(PATIENCE).until(() -> {
            reconnect(bases);
            return inboxes.entrySet().stream().allMatch(inbox -> inbox.getKey().holds(snapshot, inbox.getValue()));
        });
        ledger.assertNoFaults();
    }

    /** Waits until all who listen have all that a store had. */
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

    /** History and room list begin with what a store had last, though nothing was sent since. */
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

    /** The whole history of each room, page by page, is what a store has. */
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
