package io.simpleim.chat;

import io.simpleim.admission.RateLimiter;
import io.simpleim.api.RequestRejected;
import io.simpleim.conversation.Activity;
import io.simpleim.dispatch.Dispatcher;
import io.simpleim.dispatch.Sender;
import io.simpleim.feed.RoomFeeds;
import io.simpleim.message.MessageLog;
import io.simpleim.model.Message;
import io.simpleim.model.MessageDraft;
import io.simpleim.model.Room;
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
import java.util.concurrent.atomic.AtomicBoolean;

/** Sends messages: who may send where, and what follows from a message that is stored. Thread-safe. */
public final class MessageService {
    /** No request waits longer for an answer. */
    private static final int DEADLINE_SECONDS = 5;

    private final RoomDirectory directory;
    private final RoomService rooms;
    private final MessageLog log;
    private final Activity activity;
    private final RoomFeeds feeds;
    private final Dispatcher dispatch;
    private final SendThrottle turns;
    private final RateLimiter rate;
    private final Clock clock;
    private final SendCounters sends = new SendCounters();

    public MessageService(
            RoomDirectory directory,
            RoomService rooms,
            MessageLog log,
            Activity activity,
            RoomFeeds feeds,
            Dispatcher dispatch,
            RateLimiter rate,
            Clock clock) {
        this.directory = directory;
        this.rooms = rooms;
        this.log = log;
        this.activity = activity;
        this.feeds = feeds;
        this.dispatch = dispatch;
        this.turns = new SendThrottle(feeds);
        this.rate = rate;
        this.clock = clock;
    }

    /** What was sent so far. */
    public SendCounters sends() {
        return sends;
    }

    /** Sends to one user, who need not be known yet, in the two users' one room. */
    public SendReceipt toUser(Sender sender, String toUserId, SendRequest send) {
        rate.take(sender.userId());
        if (toUserId.equals(sender.userId())) {
            throw RequestRejected.invalid("to_user_id");
        }
        return send(sender, rooms.singleRoom(sender.userId(), toUserId), send);
    }

    /** Sends to the members of a room. */
    public SendReceipt toRoom(Sender sender, String roomId, SendRequest send) {
        rate.take(sender.userId());
        return send(sender, directory.requireFor(roomId, sender.userId()), send);
    }

    private SendReceipt send(Sender sender, Room room, SendRequest send) {
        turns.await(room.roomId(), sender.userId());
        Set<String> members = directory.membersOf(room);
        MessageDraft draft = draft(sender.userId(), room.roomId(), send);
        feeds.announce(draft.messageId(), sender.userId(), sender.isOwn());
        AtomicBoolean isNew = new AtomicBoolean();
        Message stored = await(log.append(
                draft,
                Math.max(room.head().seq(), dispatch.announcedSeq(room.roomId())),
                message -> {
                    isNew.set(true);
                    sends.stored(room.isSingle());
                    activity.touch(message, room.type(), members, clock.millis());
                },
                message -> dispatch.pushStored(message, room, members, sender),
                message -> dispatch.pushRepeated(message, room, members, sender)));
        if (!isNew.get()) {
            sends.wasRepeated();
        }
        turns.awaitPushed(room.roomId(), sender.userId());
        return SendReceipt.of(stored);
    }

    private MessageDraft draft(String senderId, String roomId, SendRequest send) {
        String messageId =
                send.clientMsgId() == null ? ServerId.random() : ServerId.ofSend(senderId, roomId, send.clientMsgId());
        long now = clock.instant().getEpochSecond();
        return new MessageDraft(messageId, roomId, senderId, send.messageType(), send.message(), now);
    }

    private static Message await(CompletableFuture<Message> result) {
        try {
            return result.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
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
