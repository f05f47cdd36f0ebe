package io.simpleim.store.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.simpleim.model.ConversationEntry;
import io.simpleim.model.Member;
import io.simpleim.model.MessageDraft;
import io.simpleim.model.Room;
import io.simpleim.model.StoreUnavailableException;
import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.store.mongo.UserMessageDao.Entry;
import io.simpleim.testing.MongoProxy;
import io.simpleim.testing.Race;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How an unreachable store appears to callers, and that it works again as soon as it is back. */
@Timeout(60)
class UnreachableStoreIT {
    private final EmbeddedMongo mongo = EmbeddedMongo.inMemory(0);
    private final MongoProxy network = new MongoProxy(mongo.address());
    private final MongoStore store = new MongoStore(network.address(), "", "", "im");
    private final UserDao users = new UserDao(store);

    @BeforeEach
    void connect() {
        users.createIndexes();
        users.loggedIn("anna", 1000);
    }

    @AfterEach
    void close() {
        store.close();
        network.close();
        mongo.close();
    }

    @Test
    void everyCallSaysThatTheStoreIsAwayAndWorksAgainWhenItIsBack() {
        network.takeAway();
        assertThat(catchThrowable(users::createIndexes)).isInstanceOf(StoreUnavailableException.class);
        assertThat(failuresOfAllCalls())
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessageStartingWith("MongoDB is out of reach"));
        network.giveBack();
        store.ping();
        assertThat(users.find("anna")).isPresent();
        assertThat(failuresOfAllCalls()).containsOnlyNulls();
    }

    @Test
    void aStoreThatNeverAnswersFailsEveryCallToo() {
        network.hold();
        assertThat(failuresOfAllCalls()).hasOnlyElementsOfType(StoreUnavailableException.class);
        network.release();
        assertThat(users.find("anna")).isPresent();
    }

    @Test
    void aWriteWhoseAnswerIsLostMayBeDoneAgain() {
        MessageDao messages = new MessageDao(store);
        messages.createIndexes();
        network.loseAnswerTo("insert message");
        List<MessageDraft> drafts = List.of(new MessageDraft("m", "r", "anna", 1, "text", 1000));
        Throwable failure = catchThrowable(() -> messages.insertAll(drafts));
        assertThat(failure).isInstanceOf(StoreUnavailableException.class);
        assertThat(messages.insertAll(drafts)).containsExactly("m");
    }

    private List<Throwable> failuresOfAllCalls() {
        return Race.run(everyKindOfCall()
                .<Callable<Throwable>>map(call -> () -> catchThrowable(call::run))
                .toList());
    }

    /** Except for creating an index, which may take an hour and therefore waits as long for a reachable store. */
    private Stream<Runnable> everyKindOfCall() {
        RoomDao rooms = new RoomDao(store);
        UserRoomDao memberships = new UserRoomDao(store);
        MessageDao messages = new MessageDao(store);
        UserMessageDao entries = new UserMessageDao(store);
        ChatLogDao chatLog = new ChatLogDao(store);
        SessionDao sessions = new SessionDao(store);
        Room.Head head = new Room.Head(1, "anna", "m", 1000);
        MessageDraft draft = new MessageDraft("m", "r", "anna", 1, "text", 1000);
        List<ConversationEntry> changes = List.of(new ConversationEntry("anna", "r", 2, 1, 1));
        return Stream.of(
                store::ping,
                () -> users.find("anna"),
                () -> users.loggedIn("anna", 1000),
                () -> rooms.find("r"),
                () -> rooms.findAll(List.of("r")),
                () -> rooms.lastSeqs(List.of("r")),
                () -> rooms.advanceLazily(Map.of("r", head)),
                () -> rooms.changeMembers("r", 1, 1, "anna", 1),
                () -> memberships.insert(new Member("anna", "r", 1)),
                () -> memberships.membersOf("r"),
                () -> messages.insertAll(List.of(draft)),
                () -> messages.insertAllUnsafely(List.of(draft)),
                () -> entries.insertInOrder(List.of(Entry.of(draft, 1))),
                () -> entries.lastNumber("r", 0),
                () -> entries.findOneOfEach(Map.of("r", 1L)),
                () -> chatLog.advance(changes),
                () -> chatLog.advanceLazily(changes),
                () -> chatLog.forEachActiveSince("anna", 1, 0, entry -> {}),
                () -> sessions.expiredAt(1000, 10),
                () -> sessions.delete(List.of("s")));
    }
}
