package io.simpleim.chat;

import io.simpleim.admission.RateLimiter;
import io.simpleim.api.RequestRejected;
import io.simpleim.conversation.Activity;
import io.simpleim.dispatch.Dispatcher;
import io.simpleim.dispatch.Sender;
import io.simpleim.feed.RoomFeeds;
import io.simpleim.message.MessageLog;
import io.simpleim.message.SendListener;
import io.simpleim.model.Message;
import io.simpleim.model.MessageDraft;
import io.simpleim.model.Room;
import io.simpleim.model.SendRequest;
import io.simpleim.model.ServerId;
import io.simpleim.model.StoreUnavailableException;
import io.simpleim.room.RoomDirectory;
import io.simpleim.room.RoomService;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends messages: checks that the sender may send, stores the message, and has it pushed. Thread-safe.
 *
 * <p>{@link #toUser} and {@link #toRoom} return when the message is durable, and block for at most about five seconds.
 * They throw {@link RequestRejected} if the sender may not send or the message is refused, and {@link
 * StoreUnavailableException} if it is unknown whether the message is stored: then the client sends it again under the
 * same id.
 */
public final class MessageService {
    /** Maximum time that a request waits for its message to be stored. */
    private static final int STORE_TIMEOUT_SECONDS = 5;

    private final RoomDirectory directory;
    private final RoomService rooms;
    private final MessageLog log;
    private final Activity activity;
    private final RoomFeeds feeds;
    private final Dispatcher dispatcher;
    private final SendThrottle throttle;
    private final RateLimiter rate;
    private final TextLimit textLimit;
    private final Clock clock;
    private final SendCounters counters = new SendCounters();

    /**
     * @param rate limits the sends of each user
     * @param maxMessageBytes {@code [limits] maxMessageBytes}, in UTF-8
     */
    public MessageService(
            RoomDirectory directory,
            RoomService rooms,
            MessageLog log,
            Activity activity,
            RoomFeeds feeds,
            Dispatcher dispatcher,
            RateLimiter rate,
            int maxMessageBytes,
            Clock clock) {
        this.directory = directory;
        this.rooms = rooms;
        this.log = log;
        this.activity = activity;
        this.feeds = feeds;
        this.dispatcher = dispatcher;
        this.throttle = new SendThrottle(feeds);
        this.rate = rate;
        this.textLimit = new TextLimit(maxMessageBytes);
        this.clock = clock;
    }

    /** The counts of all sends through this service. */
    public SendCounters counters() {
        return counters;
    }

    /** Sends to one user, who need not be registered yet, in the room of the two users. */
    public SendReceipt toUser(Sender sender, String toUserId, SendRequest request) {
        rate.take(sender.userId());
        textLimit.check(request.message());
        if (toUserId.equals(sender.userId())) {
            throw RequestRejected.invalid("to_user_id");
        }
        return send(sender, rooms.singleRoom(sender.userId(), toUserId), request);
    }

    /** Sends to the members of a room that the sender is in. */
    public SendReceipt toRoom(Sender sender, String roomId, SendRequest request) {
        rate.take(sender.userId());
        textLimit.check(request.message());
        return send(sender, directory.requireFor(roomId, sender.userId()), request);
    }

    private SendReceipt send(Sender sender, Room room, SendRequest request) {
        throttle.awaitTurn(room.roomId(), sender.userId());
        Set<String> members = directory.membersOf(room);
        MessageDraft draft = draft(sender.userId(), room.roomId(), request);
        feeds.registerOwnMessage(draft.messageId(), sender.userId(), sender.isOwn());
        StoredMessageListener listener = new StoredMessageListener(room, members, sender);
        long knownLast = Math.max(room.head().seq(), dispatcher.announcedSeq(room.roomId()));
        Message stored = await(log.append(draft, knownLast, listener));
        if (!listener.isNew) {
            counters.countRepeated();
        }
        throttle.awaitPushed(room.roomId(), sender.userId());
        return SendReceipt.of(stored);
    }

    /** Counts one message once it is stored, updates conversation lists, and pushes it. */
    private final class StoredMessageListener implements SendListener {
        private final Room room;
        private final Set<String> members;
        private final Sender sender;
        /** Set by the writer's thread before the sender's thread has the answer. */
        private volatile boolean isNew;

        StoredMessageListener(Room room, Set<String> members, Sender sender) {
            this.room = room;
            this.members = members;
            this.sender = sender;
        }

        @Override
        public void beforeAnswer(Message message) {
            isNew = true;
            counters.countStored(room.isSingle());
            activity.touch(message, room.type(), members, clock.millis());
        }

        @Override
        public void stored(Message message) {
            dispatcher.pushStored(message, room, members, sender);
        }

        @Override
        public void repeated(Message message) {
            dispatcher.pushRepeated(message, room, members, sender);
        }
    }

    private MessageDraft draft(String senderId, String roomId, SendRequest request) {
        String clientMsgId = request.clientMsgId();
        String messageId = clientMsgId == null ? ServerId.random() : ServerId.ofSend(senderId, roomId, clientMsgId);
        long now = clock.instant().getEpochSecond();
        return new MessageDraft(messageId, roomId, senderId, request.messageType(), request.message(), now);
    }

    private static Message await(CompletableFuture<Message> result) {
        try {
            return result.get(STORE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new StoreUnavailableException("a message waited too long to be stored");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("the server is stopping");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        }
    }
}
