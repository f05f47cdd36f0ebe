package io.simpleim.bootstrap;

import io.simpleim.cluster.message.Acknowledges;
import io.simpleim.cluster.outbox.Outbox;
import io.simpleim.concurrent.PeriodicRunner;
import io.simpleim.conversation.Activity;
import io.simpleim.conversation.ConversationService;
import io.simpleim.conversation.ConversationState;
import io.simpleim.conversation.CurrentMemberships;
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
        ConversationState state = new ConversationState(stores.chatLog, activity, cursors);
        CurrentMemberships memberships = new CurrentMemberships(stores.userRooms);
        userRooms = new UserRooms(state, memberships, stores.rooms, message.heads);
        conversations = new ConversationService(state, memberships, stores.rooms, stores.messages, message.heads);
        members = new MemberService(room.directory, stores.userRooms, state);
        reading = new ReadingService(room.directory, message.heads, cursors, dispatcher);
    }

    void schedule(PeriodicRunner runner) {
        activity.schedule(runner);
        cursors.schedule(runner);
    }

    /** Writes pending activity and cursors. */
    @Override
    public void close() {
        activity.close();
        cursors.close();
    }
}
