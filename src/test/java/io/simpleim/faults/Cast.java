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
final class Cast {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int REST_SENDERS = 4;
    private static final int PAGE_SIZE = 100;

    private final SendBook book = new SendBook();
    private final List<Talker> talkers = new ArrayList<>();
    private final Map<Inbox, Set<String>> inboxes = new LinkedHashMap<>();

    private final Map<String, ImUser> users = new LinkedHashMap<>();
    private final ImUser anna;
    private final ImUser bert;
    private final String roomId;
    private final String pairId;

    /** @param underWay how many messages a WebSocket that sends has under way at a time */
    Cast(ImClient client, int underWay) {
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
            talkers.add(new Talker("rest" + i, Outlet.toRoom(senders.get(i).token(), roomId), 1, book));
        }
        String first = senders.get(REST_SENDERS).token();
        String second = senders.get(REST_SENDERS + 1).token();
        talkers.add(new Talker("socket", Outlet.socket(first, roomId), underWay, book));
        talkers.add(new Talker("operation", Outlet.operation(second, roomId), underWay, book));
        pairId = pair();
        listen("anna", anna, true, Set.of(roomId, pairId));
        listen("bert", bert, false, Set.of(roomId, pairId));
        listen("silent", silent, true, Set.of(roomId));
    }

    /** The first message makes the room of the two, so that all know it. */
    private String pair() {
        Talker toBert = new Talker("anna", Outlet.toUser(anna.token(), bert.id()), 1, book);
        Talker toAnna = new Talker("bert", Outlet.toUser(bert.token(), anna.id()), 1, book);
        talkers.add(toBert);
        talkers.add(toAnna);
        toBert.sayOne(anna.client().base());
        return book.told().get(SendBook.text("anna", 0)).roomId();
    }

    private void listen(String name, ImUser user, boolean acks, Set<String> rooms) {
        users.put(name, user);
        boolean sends = rooms.contains(pairId);
        inboxes.put(new Inbox(name, user.inAnotherSession().token(), acks, sends, book), rooms);
    }

    SendBook book() {
        return book;
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
    void connectAgain(Supplier<URI> bases) {
        inboxes.keySet().stream().filter(inbox -> !inbox.isConnected()).forEach(inbox -> inbox.connect(bases.get()));
    }

    /** How many connections have broken. */
    long disconnected() {
        return inboxes.keySet().stream().filter(inbox -> !inbox.isConnected()).count();
    }

    /** All talk; each gives when it has stopped, or has seen the server die. */
    List<CompletableFuture<Void>> talk(URI base, CountDownLatch stop) {
        return talkers.stream().map(talker -> talker.talk(base, stop)).toList();
    }

    /** All talk, and go on at the server that is named next when theirs is gone; each gives when it has stopped. */
    List<CompletableFuture<Void>> talkAnywhere(Supplier<URI> bases, CountDownLatch stop) {
        return talkers.stream().map(talker -> talker.talkAnywhere(bases, stop)).toList();
    }

    /** What was not answered is sent again, to any server. */
    void finishAnywhere(Supplier<URI> bases) {
        talkers.forEach(talker -> talker.finishAnywhere(bases));
    }

    /** The rooms in which all this happens. */
    Set<String> rooms() {
        return Set.of(roomId, pairId);
    }

    /** Those of the users who listen, by name. */
    ImUser user(String name) {
        return users.get(name);
    }

    /** Waits until all have stopped talking. */
    static void awaitSilence(List<CompletableFuture<Void>> talking) {
        talking.forEach(
                ended -> ended.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join());
    }

    /** What was not answered is sent again. */
    void finish(URI base) {
        talkers.forEach(talker -> talker.finish(base));
    }

    /** Waits until so many more messages were answered. */
    void awaitAnswers(int count) {
        int before = book.size();
        await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(() -> book.size() >= before + count);
    }

    /** Waits until so many more sends were told that they cannot be stored now. */
    void awaitRefusals(int count) {
        int before = book.refusals();
        await().atMost(PATIENCE).until(() -> book.refusals() >= before + count);
    }

    /** As {@link #awaitReceived(StoreSnapshot)}; those whose connection the server has closed connect again meanwhile. */
    void awaitReceived(StoreSnapshot snapshot, Supplier<URI> bases) {
        await().atMost(PATIENCE).until(() -> {
            connectAgain(bases);
            return inboxes.entrySet().stream().allMatch(inbox -> inbox.getKey().holds(snapshot, inbox.getValue()));
        });
        book.assertFaultless();
    }

    /** Waits until all who listen have all that a store had. */
    void awaitReceived(StoreSnapshot snapshot) {
        inboxes.forEach((inbox, rooms) -> await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(inbox.holds(snapshot, rooms)).as("%s", inbox).isTrue()));
        book.assertFaultless();
    }

    void assertStillConnected() {
        assertThat(inboxes.keySet())
                .allSatisfy(inbox -> assertThat(inbox.isConnected()).isTrue());
    }

    void disconnect() {
        inboxes.keySet().forEach(Inbox::close);
    }

    /** History and room list begin with what a store had last, though nothing was sent since. */
    void assertReadersSeeTheLast(URI base, StoreSnapshot snapshot) {
        ImUser reader = new ImUser(new ImClient(base), anna.id(), anna.token());
        for (String room : Set.of(roomId, pairId)) {
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
    void assertHistoryIs(URI base, StoreSnapshot snapshot) {
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
