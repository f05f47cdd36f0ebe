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

/** A node stores messages and dies before it announces them; another node, with connected users, catches up with them. */
class ClusterCatchUpIT {
    private static final long START = 1_000_000;
    private static final Pattern TEXT = Pattern.compile("\"message_data\":\"([^\"]*)\"");

    private final MutableClock clock = new MutableClock(Instant.ofEpochSecond(START));
    private final EmbeddedMongo mongo = EmbeddedMongo.inMemory(0);
    private final MongoProxy network = new MongoProxy(mongo.address());
    private final TestNode dying = new TestNode(mongo.address(), clock);
    private final TestNode node = new TestNode(network.address(), clock);
    private final HeldTimer runs = new HeldTimer();
    private final AtomicInteger done = new AtomicInteger();
    private final FakeTransport anna = FakeTransport.inline();
    private final ClusterCatchUp catchUp = new ClusterCatchUp(
            node.hub, node.chatLog, node.roomDao, node.heads, node.directory, node.feeds, node.sweeper, runs, () -> 0);

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
    void messagesThatADeadNodeStoredButNeverAnnouncedArePushed() {
        String roomId = room("anna");
        connect("anna", anna);
        dying.send("host", roomId, "1");
        dying.send("host", roomId, "2");
        assertThat(anna.sent()).isEmpty();
        start(START - 10);
        runs.runNext();

        awaitTexts(anna, "1", "2");
        assertThat(done).hasValue(1);
    }

    @Test
    void laterMessagesArePushedAfterTheCaughtUpOnes() {
        String roomId = room("anna");
        connect("anna", anna);
        dying.send("host", roomId, "1");
        start(START - 10);
        runs.runNext();
        node.send("host", roomId, "2");

        awaitTexts(anna, "1", "2");
    }

    @Test
    void pushedMessagesAreNotPushedAgain() {
        String roomId = room("anna");
        connect("anna", anna);
        node.send("host", roomId, "1");
        dying.send("host", roomId, "2");
        start(START - 10);
        runs.runNext();
        awaitTexts(anna, "1", "2");
        start(START - 10);
        runs.runNext();
        node.send("host", roomId, "3");

        awaitTexts(anna, "1", "2", "3");
    }

    @Test
    void roomsOfTwoAreCaughtUpToo() {
        connect("anna", anna);
        dying.users.loggedIn("bert", START);
        dying.messages.toUser(new Sender("bert", connection -> false), "anna", new SendRequest(1, "hello", null));
        start(START - 10);
        runs.runNext();

        awaitTexts(anna, "hello");
    }

    @Test
    void roomsWithoutRecentMessagesAreNotRead() {
        String roomId = room("anna");
        connect("anna", anna);
        dying.send("host", roomId, "1");
        clock.advance(Duration.ofMinutes(1));
        start(START + 30);
        runs.runNext();
        dying.send("host", roomId, "2");
        start(START + 30);
        runs.runNext();

        awaitTexts(anna, "2");
    }

    @Test
    void allRoomsOfAllUsersAreCaughtUp() {
        FakeTransport bert = FakeTransport.inline();
        connect("anna", anna);
        connect("bert", bert);
        List<String> rooms = IntStream.range(0, 20)
                .mapToObj(i -> room(i % 2 == 0 ? "anna" : "bert"))
                .toList();
        rooms.forEach(roomId -> dying.send("host", roomId, "x"));
        start(START - 10);
        runs.runNext();

        await().until(() -> texts(anna).size() == 10 && texts(bert).size() == 10);
    }

    @Test
    void aFailedRunIsRepeatedUntilTheStoreAnswers() {
        String roomId = room("anna");
        connect("anna", anna);
        dying.send("host", roomId, "1");
        network.takeAway();
        start(START - 10);
        assertThat(runs.runNext()).isEqualTo(500);
        assertThat(done).hasValue(0);
        network.giveBack();
        assertThat(runs.runNext()).isEqualTo(500);

        assertThat(done).hasValue(1);
        awaitTexts(anna, "1");
    }

    /** After an outage all nodes request a catch-up. */
    @Test
    void requestsAtTheSameTimeAreCombinedIntoOneRunFromTheEarliestTime() {
        String roomId = room("anna");
        connect("anna", anna);
        dying.send("host", roomId, "1");
        clock.advance(Duration.ofMinutes(1));
        start(START + 30);
        start(START - 10);
        start(START + 20);
        assertThat(runs.waiting()).isEqualTo(1);
        runs.runNext();

        awaitTexts(anna, "1");
        assertThat(done).hasValue(3);
        start(START + 30);
        assertThat(runs.waiting()).as("runs for later requests").isEqualTo(1);
    }

    @Test
    void aRunWithoutConnectedUsersSucceedsAtOnce() {
        start(0);
        runs.runNext();

        assertThat(done).hasValue(1);
        assertThat(runs.waiting()).isZero();
    }

    @Test
    void connectionsOfEndedSessionsAreClosedIfTheNotificationWasMissed() {
        Session session = connect("anna", anna);
        dying.logins.logout(session);
        assertThat(anna.closed()).isEmpty();
        start(START - 10);
        runs.runNext();

        assertThat(anna.closed()).containsExactly(CloseCode.LOGGED_OUT);
    }
}
