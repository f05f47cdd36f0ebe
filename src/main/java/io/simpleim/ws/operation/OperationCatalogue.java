package io.simpleim.ws.operation;

import io.simpleim.catchup.SyncService;
import io.simpleim.chat.MessageService;
import io.simpleim.conversation.ReadingService;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All operations by name. A new operation is a class and a line in {@link #of}. Immutable. */
public final class OperationCatalogue {
    /** The operation of frames that name none, or one that does not exist. */
    public static final Operation UNKNOWN = new UnknownOperation();

    private final Map<String, Operation> operations = new LinkedHashMap<>();

    OperationCatalogue(List<Operation> operations) {
        operations.forEach(operation -> this.operations.put(operation.name(), operation));
    }

    /** All operations of the protocol. */
    public static OperationCatalogue of(MessageService messages, ReadingService reading, SyncService sync) {
        return new OperationCatalogue(List.of(
                new SingleMessage(messages),
                new RoomMessage(messages),
                new Ack(reading),
                new Read(reading),
                new Typing(reading),
                new Sync(sync),
                new Ping()));
    }

    public Collection<Operation> all() {
        return List.copyOf(operations.values());
    }

    /** The operation that a frame names; {@link #UNKNOWN} if there is none. */
    public Operation find(Map<String, @Nullable Object> frame) {
        return frame.get("op") instanceof String name ? operations.getOrDefault(name, UNKNOWN) : UNKNOWN;
    }

    /** The operation that sends to a room. */
    public Operation roomMessage() {
        return Objects.requireNonNull(operations.get(RoomMessage.NAME));
    }
}
