package io.simpleim.bootstrap;

import io.simpleim.admission.RateLimiter;
import io.simpleim.chat.HistoryService;
import io.simpleim.chat.MessageService;
import java.time.Clock;

/** Sending messages and reading history. */
final class ChatModule {
    final MessageService messages;
    final HistoryService history;

    ChatModule(
            MessageModule message,
            RoomModule room,
            ConversationModule conversation,
            PushModule push,
            RateLimiter rate,
            int maxMessageBytes,
            Clock clock) {
        messages = new MessageService(
                room.directory,
                room.rooms,
                message.log,
                conversation.activity,
                push.feeds,
                push.dispatcher,
                rate,
                maxMessageBytes,
                clock);
        history = new HistoryService(room.directory, message.heads, message.stored);
    }
}
