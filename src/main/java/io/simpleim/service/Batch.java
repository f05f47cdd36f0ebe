package io.simpleim.service;

import io.simpleim.api.Refused;
import io.simpleim.model.Message;
import io.simpleim.model.MessageDraft;
import io.simpleim.model.Room;
import io.simpleim.store.mongo.UserMessageDao.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has become of a batch of sends so far; its senders hear of it all at once, when the batch is safe. Owned by one
 * writer thread.
 */
final class Batch {
    private final Map<String, Room.Head> heads;
    private final Set<Pending> settled = new HashSet<>();
    private final List<Runnable> notes = new ArrayList<>();
    private final List<Runnable> answers = new ArrayList<>();
    private final List<Runnable> pushes = new ArrayList<>();
    private final Map<Pending, List<Pending>> followers = new HashMap<>();

    Batch(Map<String, Room.Head> unadvanced) {
        heads = new HashMap<>(unadvanced);
    }

    Map<String, Room.Head> heads() {
        return heads;
    }

    boolean isSettled(Pending send) {
        return settled.contains(send);
    }

    void follow(Pending first, Pending follower) {
        followers.computeIfAbsent(first, key -> new ArrayList<>()).add(follower);
    }

    void stored(Pending send, long seq) {
        Message message = send.draft().numbered(seq);
        advance(message);
        settled.add(send);
        notes.add(() -> send.note(message));
        answers.add(() -> send.answer(message));
        pushes.add(() -> send.push(message));
        answerFollowers(send, message);
    }

    void repeated(Pending send, Entry entry) {
        MessageDraft draft = send.draft();
        Message message = new Message(
                draft.messageId(),
                draft.roomId(),
                entry.seq(),
                draft.senderId(),
                draft.type(),
                draft.data(),
                entry.createdAt());
        // The first try may have died before it could.
        advance(message);
        settled.add(send);
        answers.add(() -> send.answer(message));
        answerFollowers(send, message);
    }

    void refuse(Pending send, Refused reason) {
        settled.add(send);
        answers.add(() -> send.fail(reason));
        for (Pending follower : followers.getOrDefault(send, List.of())) {
            answers.add(() -> follower.fail(reason));
        }
    }

    /** Nobody waits for another's receivers: all senders have their answers before anything is pushed. */
    void settle() {
        notes.forEach(Runnable::run);
        answers.forEach(Runnable::run);
        pushes.forEach(Runnable::run);
    }

    /** Tells of what is stored, when the batch as a whole has failed after that. */
    void announceStored() {
        notes.forEach(Runnable::run);
        pushes.forEach(Runnable::run);
    }

    private void answerFollowers(Pending first, Message message) {
        for (Pending follower : followers.getOrDefault(first, List.of())) {
            answers.add(() -> follower.answer(message));
        }
    }

    private void advance(Message message) {
        Room.Head head = new Room.Head(message.seq(), message.senderId(), message.messageId(), message.createdAt());
        heads.merge(message.roomId(), head, (some, other) -> some.seq() > other.seq() ? some : other);
    }
}
