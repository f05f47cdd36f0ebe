package io.simpleim.bootstrap;

import io.simpleim.concurrent.PeriodicRunner;
import io.simpleim.message.MessageLog;
import io.simpleim.message.RoomHeads;
import io.simpleim.message.StoredMessages;

/** The message log. */
final class MessageModule implements AutoCloseable {
    final RoomHeads heads;
    final StoredMessages stored;
    final MessageLog log;

    MessageModule(Stores stores, int writeQueue, MessageLog.Observer observer) {
        heads = new RoomHeads(stores.rooms, stores.userMessages);
        stored = new StoredMessages(stores.userMessages, stores.messages);
        log = new MessageLog(
                stores.messages, stores.userMessages, heads, stores.mongo.writeOrder(), writeQueue, observer);
    }

    void schedule(PeriodicRunner runner) {
        heads.schedule(runner);
    }

    /** Refuses new messages and stores those that are waiting. */
    void drain() {
        log.close();
    }

    /** Drains the log and writes pending room heads. */
    @Override
    public void close() {
        drain();
        heads.close();
    }
}
