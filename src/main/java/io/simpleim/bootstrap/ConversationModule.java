package io.simpleim.bootstrap;

import io.simpleim.cluster.message.Acknowledges;
import io.simpleim.cluster.outbox.Outbox;
import io.simpleim.concurrent.PeriodicRunner;
import io.simpleim.conversation.Activity;
import io.simpleim.conversation.ConversationService;
import io.simpleim.conversation.Cursors;
import io.simpleim.conversation.MemberService;
import io.simpleim.conversation.ReadingService;
import io.simpleim.conversation.UserRooms;
import io.simpleim.dispatch.Dispatcher;

/** Users' views of their rooms: lists, cursors, members. */
final class ConversationModule implements AutoCloseable {
    final Activity activity;
    final Cursors cursors;
    final UserRooms userRooms;
    final ConversationService conversations;
    final MemberService members;
    final ReadingService reading;

    ConversationModule(Stores stores, MessageModule message, RoomModule room, Dispatcher dispatcher, Outbox outbox) {
        activity = new Activity(stores.chatLog);
        cursors = new Cursors(stores.chatLog, stores.users, userId -> outbox.publish(new Acknowledges(userId)));
        userRooms = new UserRooms(stores.chatLog, stores.rooms, stores.userRooms, message.heads, cursors);
        conversations = new ConversationService(
                stores.rooms, stores.userRooms, stores.chatLog, stores.messages, message.heads, activity, cursors);
        members = new MemberService(room.directory, stores.userRooms, stores.chatLog, activity, cursors);
        reading = new ReadingService(room.directory, message.heads, cursors, dispatcher);
    }

    void schedule(PeriodicRunner runner) {
        activity.schedule(runner);
        cursors.schedule(runner);
    }

    /** Writes what is pending. */
    @Override
    public void close() {
        activity.close();
        cursors.close();
    }
}
