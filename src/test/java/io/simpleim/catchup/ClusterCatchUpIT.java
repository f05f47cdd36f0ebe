package io.simpleim.catchup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.simpleim.bootstrap.TestNode;
import io.simpleim.dispatch.Sender;
import io.simpleim.event.CloseCode;
import io.simpleim.model.SendRequest;
import io.simpleim.model.Session;
import io.simpleim.push.Connection;
import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.testing.FakeTransport;
import io.simpleim.testing.HeldTimer;
import io.simpleim.testing.MongoProxy;
import io.simpleim.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node stores and dies before it tells anybody; another one, on which users are, looks for what it may have stored. */
class ClusterCatchUpIT {
    private static final long START = 1_000_000;
    private static final Pattern TEXT = Pattern.compile("\"message_data\":\"([^\"]*)\"");

    private final MutableClock clock = new MutableClock(Instant.ofEpochSecond(START));
    private final EmbeddedMongo mongo = EmbeddedMongo.inMemory(0);
    private final MongoProxy network = new MongoProxy(mongo.address());
    private final TestNode dying = new TestNode(mongo.address(), clock);
    private final TestNode node = new TestNode(network.address(), clock);
    private final HeldTimer looks = new HeldTimer();
    private final AtomicInteger done = new AtomicInteger();
    private final FakeTransport anna = FakeTransport.inline();
    private final ClusterCatchUp catchUp = new ClusterCatchUp(
            node.hub, node.chatLog, node.roomDao, node.heads, node.directory, node.feeds, node.sweeper, looks, () -> 0);

    @AfterEach
    void close() {
        dying.close();
        node.close();
        network.close();
        mongo.close();
    }

    private Session connect(String userId, FakeTransport transport) {
        Session session = dying.authenticator.authenticate(dying.logins.login(userId));
        node.hub.add(new Connection(
                session,
                transport,
                new Connection.Limits(Long.MAX_VALUE, Long.MAX_VALUE),
                clock.instant().getEpochSecond(),
                System::nanoTime,
                receipt -> {}));
        return session;
    }

    private String room(String... members) {
        String roomId = dying.rooms.create("host", "");
        List.of(members).forEach(member -> dying.rooms.enter(member, roomId));
        return roomId;
    }

    private void start(long since) {
        catchUp.request(since, done::incrementAndGet);
    }

    private static List<String> texts(FakeTransport transport) {
        return transport.sent().stream()
                .flatMap(frame -> TEXT.matcher(frame).results().map((MatchResult found) -> found.group(1)))
                .toList();
    }

    private void awaitTexts(FakeTransport transport, String... texts) {
        await().untilAsserted(() -> assertThat(texts(transport)).containsExactly(texts));
    }

    @Test
    void whatTheDeadHaveStoredAndTellNobodyOfIsPushed() {
        String roomId = room("anna");
        connect("anna", anna);
        dying.send("host", roomId, "1");
        dying.send("host", roomId, "2");
        assertThat(anna.sent()).isEmpty();
        start(START - 10);
        looks.runNext();

        awaitTexts(anna, "1", "2");
        assertThat(done).hasValue(1);
    }

    @Test
    void whatIsStoredFromThenOnComesAfterIt() {
        String roomId = room("anna");
        connect("anna", anna);
        dying.send("host", roomId, "1");
        start(START - 10);
        looks.runNext();
        node.send("host", roomId, "2");

        awaitTexts(anna, "1", "2");
    }

    @Test
    void whatWasPushedDoesNotComeAgain() {
        String roomId = room("anna");
        connect("anna", anna);
        node.send("host", roomId, "1");
        dying.send("host", roomId, "2");
        start(START - 10);
        looks.runNext();
        awaitTexts(anna, "1", "2");
        start(START - 10);
        looks.runNext();
        node.send("host", roomId, "3");

        awaitTexts(anna, "1", "2", "3");
    }

    @Test
    void singleChatsAreLookedThroughToo() {
        connect("anna", anna);
        dying.users.loggedIn("bert", START);
        dying.messages.toUser(new Sender("bert", connection -> false), "anna", new SendRequest(1, "hello", null));
        start(START - 10);
        looks.runNext();

        awaitTexts(anna, "hello");
    }

    @Test
    void nothingIsAskedOfRoomsInWhichNothingWasSaidSince() {
        String roomId = room("anna");
        connect("anna", anna);
        dying.send("host", roomId, "1");
        clock.advance(Duration.ofMinutes(1));
        start(START + 30);
        looks.runNext();
        dying.send("host", roomId, "2");
        start(START + 30);
        looks.runNext();

        awaitTexts(anna, "2");
    }

    @Test
    void allRoomsOfAllUsersAreLookedThrough() {
        FakeTransport bert = FakeTransport.inline();
        connect("anna", anna);
        connect("bert", bert);
        List<String> rooms = IntStream.range(0, 20)
                .mapToObj(i -> room(i % 2 == 0 ? "anna" : "bert"))
                .toList();
        rooms.forEach(roomId -> dying.send("host", roomId, "x"));
        start(START - 10);
        looks.runNext();

        await().until(() -> texts(anna).size() == 10 && texts(bert).size() == 10);
    }

    @Test
    void itIsTriedAgainUntilTheStoreAnswers() {
        String roomId = room("anna");
        connect("anna", anna);
        dying.send("host", roomId, "1");
        network.takeAway();
        start(START - 10);
        assertThat(looks.runNext()).isEqualTo(500);
        assertThat(done).hasValue(0);
        network.giveBack();
        assertThat(looks.runNext()).isEqualTo(500);

        assertThat(done).hasValue(1);
        awaitTexts(anna, "1");
    }

    /** After an outage all nodes ask for it. */
    @Test
    void whatIsAskedForAtOnceIsLookedForOnceSinceTheFirst() {
        String roomId = room("anna");
        connect("anna", anna);
        dying.send("host", roomId, "1");
        clock.advance(Duration.ofMinutes(1));
        start(START + 30);
        start(START - 10);
        start(START + 20);
        assertThat(looks.waiting()).isEqualTo(1);
        looks.runNext();

        awaitTexts(anna, "1");
        assertThat(done).hasValue(3);
        start(START + 30);
        assertThat(looks.waiting()).as("what is asked for later").isEqualTo(1);
    }

    @Test
    void itIsDoneAtOnceWhereNobodyIsConnected() {
        start(0);
        looks.runNext();

        assertThat(done).hasValue(1);
        assertThat(looks.waiting()).isZero();
    }

    @Test
    void connectionsOfSessionsThatEndedUnheardAreClosed() {
        Session session = connect("anna", anna);
        dying.logins.logout(session);
        assertThat(anna.closed()).isEmpty();
        start(START - 10);
        looks.runNext();

        assertThat(anna.closed()).containsExactly(CloseCode.LOGGED_OUT);
    }
}
