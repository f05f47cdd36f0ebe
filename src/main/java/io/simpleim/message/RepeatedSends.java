package io.simpleim.message;

import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import io.simpleim.model.MessageDraft;
import io.simpleim.store.mongo.MessageDao;
import io.simpleim.store.mongo.UserMessageDao;
import io.simpleim.store.mongo.UserMessageDao.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Recognises sends that repeat another send, in the same batch or in the store. A repeat has the same message id and the
 * same content; the same id with other content is a conflict. Owned by one writer thread.
 */
final class RepeatedSends {
    private final MessageDao messages;
    private final UserMessageDao entries;

    RepeatedSends(MessageDao messages, UserMessageDao entries) {
        this.messages = messages;
        this.entries = entries;
    }

    /**
     * A batch without its repeats.
     *
     * @param sends one send per message id, in order; equal sends are attached to that send as duplicates
     * @param conflicting sends whose id occurs in {@code sends} with other content
     */
    record Distinct(List<PendingSend> sends, List<PendingSend> conflicting) {}

    /** Splits a batch by message id; see {@link Distinct}. */
    static Distinct distinct(List<PendingSend> batch) {
        Map<String, PendingSend> firsts = new LinkedHashMap<>();
        List<PendingSend> conflicting = new ArrayList<>();
        for (PendingSend send : batch) {
            PendingSend first = firsts.putIfAbsent(send.messageId(), send);
            if (first == null) {
                continue;
            }
            MessageDraft draft = send.draft();
            if (first.draft().saysTheSame(draft.type(), draft.data())) {
                first.addDuplicate(send);
            } else {
                conflicting.add(send);
            }
        }
        return new Distinct(List.copyOf(firsts.values()), conflicting);
    }

    /**
     * Refuses sends whose message id is stored with other content, and settles those whose message already has a number.
     *
     * @param storedIds ids of the sends whose body was already stored
     * @return the sends that still need a number, in order
     */
    List<PendingSend> settle(List<PendingSend> sends, Set<String> storedIds, BatchOutcome outcome) {
        Map<String, MessageDao.Content> contents = messages.findAll(storedIds);
        List<PendingSend> repeats = new ArrayList<>();
        for (PendingSend send : sends) {
            MessageDao.Content content = contents.get(send.messageId());
            if (content != null && !send.draft().saysTheSame(content.type(), content.data())) {
                outcome.addRefused(send, RequestRejected.because(ApiError.CONFLICT));
            } else if (content != null) {
                repeats.add(send);
            }
        }
        Map<String, Entry> numbered = entries.findMessages(idsByRoom(repeats));
        entries.confirm(numbered.values());
        messages.confirm(contents.keySet());
        repeats.forEach(send -> {
            Entry entry = numbered.get(send.messageId());
            if (entry != null) {
                outcome.addRepeat(send, entry);
            }
        });
        return sends.stream().filter(send -> !send.isSettled()).toList();
    }

    /** Settles a send whose message already has a number; false if it has none. */
    boolean settle(PendingSend send, BatchOutcome outcome) {
        Entry earlier = entries.findMessages(Map.of(send.roomId(), List.of(send.messageId())))
                .get(send.messageId());
        if (earlier == null) {
            return false;
        }
        entries.confirm(List.of(earlier));
        outcome.addRepeat(send, earlier);
        return true;
    }

    private static Map<String, List<String>> idsByRoom(List<PendingSend> sends) {
        Map<String, List<String>> ids = new HashMap<>();
        sends.forEach(send ->
                ids.computeIfAbsent(send.roomId(), room -> new ArrayList<>()).add(send.messageId()));
        return ids;
    }
}
