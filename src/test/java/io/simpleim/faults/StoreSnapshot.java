package io.simpleim.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.testing.StoredDocuments;
import io.simpleim.testing.TempFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;

/** The messages in a store at one moment, read without the server. Immutable. */
final class StoreSnapshot {
    /** By room, in seq order. */
    private final Map<String, List<Stored>> rooms = new TreeMap<>();

    private final long texts;

    /** @param text empty if the store has no text for the id */
    record Stored(long seq, String messageId, String text) {}

    private StoreSnapshot(List<Document> messages, List<Document> entries) {
        Map<String, String> textById = new HashMap<>();
        messages.forEach(message -> textById.put(message.getString("message_id"), message.getString("message_data")));
        texts = textById.size();
        for (Document entry : entries) {
            String id = entry.getString("message_id");
            rooms.computeIfAbsent(entry.getString("room_id"), room -> new ArrayList<>())
                    .add(new Stored(entry.get("seq", Number.class).longValue(), id, textById.getOrDefault(id, "")));
        }
        rooms.values().forEach(stored -> stored.sort(Comparator.comparing(Stored::seq)));
    }

    static StoreSnapshot of(StoredDocuments documents) {
        return new StoreSnapshot(documents.all("message"), documents.all("user_message"));
    }

    /** The messages of one room. */
    static StoreSnapshot of(StoredDocuments documents, String roomId) {
        return of(documents, Set.of(roomId));
    }

    /** The messages of some rooms. */
    static StoreSnapshot of(StoredDocuments documents, Set<String> roomIds) {
        List<Document> entries = roomIds.stream()
                .flatMap(roomId -> documents.all("user_message", "room_id", roomId).stream())
                .toList();
        Set<String> ids =
                entries.stream().map(entry -> entry.getString("message_id")).collect(Collectors.toSet());
        List<Document> messages = documents.all("message").stream()
                .filter(message -> ids.contains(message.getString("message_id")))
                .toList();
        return new StoreSnapshot(messages, entries);
    }

    /** Reads the files of a store that no process has open. Opens a copy, so the files stay unchanged. */
    static StoreSnapshot ofFiles(Path data) {
        try (TempFolder copy = TempFolder.create("im-snapshot");
                Stream<Path> files = Files.list(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.path().resolve(file.getFileName()));
            }
            try (EmbeddedMongo mongo = EmbeddedMongo.openFile(copy.path().resolve("mongo.mv.db"), 0);
                    StoredDocuments documents = new StoredDocuments(mongo.address())) {
                return of(documents);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, List<Stored>> rooms() {
        return rooms;
    }

    /** The last seq of a room, 0 if it has no messages. */
    long last(String roomId) {
        return rooms.getOrDefault(roomId, List.of()).size();
    }

    /** Checks that every answered message is stored once, in its sender's order, and that seqs have no gaps. */
    void assertHoldsAllAnswered(SendLedger ledger) {
        Map<String, Integer> nextOfSender = new HashMap<>();
        rooms.forEach((roomId, stored) -> {
            long seq = 0;
            for (Stored message : stored) {
                assertThat(message.seq()).as("number in %s", roomId).isEqualTo(++seq);
                assertThat(message.text()).as("text of %s", message).isNotEmpty();
                // Each sender writes 0, 1, 2, … to one room, so any loss or duplicate breaks the sequence.
                String sender = SendLedger.senderOf(message.text());
                int number = nextOfSender.merge(sender, 1, Integer::sum) - 1;
                assertThat(message.text()).as("%s", message).isEqualTo(SendLedger.text(sender, number));
            }
        });
        ledger.receipts()
                .forEach((text, receipt) -> assertThat(storedAs(receipt))
                        .as("%s, answered with %s", text, receipt)
                        .isEqualTo(new Stored(receipt.seq(), receipt.messageId(), text)));
        ledger.assertNoFaults();
    }

    private Stored storedAs(SendLedger.Receipt receipt) {
        return receipt.seq() > last(receipt.roomId())
                ? new Stored(0, "", "nothing")
                : rooms.get(receipt.roomId()).get((int) receipt.seq() - 1);
    }

    /** Checks that every stored message was answered, and that no text is stored without a seq. */
    void assertHoldsExactly(SendLedger ledger) {
        assertHoldsAllAnswered(ledger);
        assertThat(rooms.values().stream().mapToInt(List::size).sum()).isEqualTo(ledger.size());
        assertThat(texts).isEqualTo(ledger.size());
    }
}
