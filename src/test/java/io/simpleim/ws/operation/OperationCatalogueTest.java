package io.simpleim.ws.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simpleim.api.Language;
import io.simpleim.api.Params;
import io.simpleim.api.RequestRejected;
import io.simpleim.connection.ClientConnection;
import io.simpleim.connection.ConnectionKind;
import io.simpleim.connection.TestConnections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OperationCatalogueTest {
    /** No operation calls its service while it parses. */
    private final OperationCatalogue operations = OperationCatalogue.of(null, null, null);

    private final ClientConnection client = TestConnections.of("ann", ConnectionKind.LISTENING);

    private RequestRejected refusal(Map<String, Object> frame) {
        return catchThrowableOfType(
                RequestRejected.class, () -> operations.find(frame).parse(client, new Params(frame)));
    }

    @Test
    void everyOperationDeclaresItsCharge() {
        assertThat(operations.all().stream().collect(Collectors.toMap(Operation::name, Operation::charge)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "single_message", Charge.MESSAGE,
                        "room_message", Charge.MESSAGE,
                        "ack", Charge.FRAME,
                        "read", Charge.FRAME,
                        "typing", Charge.FRAME,
                        "sync", Charge.FRAME,
                        "ping", Charge.FRAME));
    }

    @Test
    void onlyPingIsOpenToBannedUsers() {
        assertThat(operations.all())
                .filteredOn(Operation::isOpenToBanned)
                .extracting(Operation::name)
                .containsExactly("ping");
    }

    @Test
    void operationsAreFoundByTheirName() {
        operations
                .all()
                .forEach(operation -> assertThat(operations.find(Map.of("op", operation.name())))
                        .isSameAs(operation));
        assertThat(operations.roomMessage().name()).isEqualTo("room_message");
    }

    @Test
    void aFrameThatNamesNoOperationIsChargedAsAFrameAndCountedAsOther() {
        for (Map<String, Object> frame : List.<Map<String, Object>>of(
                Map.of(), Map.of("op", "made up"), Map.of("op", 1), Map.of("op", Map.of()))) {
            Operation unknown = operations.find(frame);
            assertThat(unknown.name()).isEqualTo("other");
            assertThat(unknown.charge()).isEqualTo(Charge.FRAME);
        }
        assertThat(refusal(Map.of())).hasMessage("malformed_frame");
        assertThat(refusal(Map.of("op", "made up"))).hasMessage("unknown_op");
        assertThat(refusal(Map.of("op", 1))).hasMessage("unknown_op");
        assertThat(refusal(Map.of("op", Map.of()))).hasMessage("invalid_parameter: op");
    }

    @Test
    void everyOperationNamesTheParameterThatIsMissing() {
        Map.of(
                        "single_message", "to_user_id",
                        "room_message", "room_id",
                        "ack", "room_id",
                        "read", "room_id",
                        "typing", "room_id",
                        "sync", "rooms")
                .forEach((op, parameter) ->
                        assertThat(refusal(Map.of("op", op))).hasMessage("missing_parameter: " + parameter));
        assertThat(refusal(Map.of("op", "read", "room_id", "r"))).hasMessage("missing_parameter: seq");
        assertThat(refusal(Map.of("op", "sync", "rooms", Map.of("r", "x")))).hasMessage("invalid_parameter: rooms");
        assertThat(refusal(Map.of("op", "sync", "rooms", Map.of(), "limit", 0))).hasMessage("invalid_parameter: limit");
    }

    @Test
    void aMessageWithoutATextIsRefused() {
        assertThat(refusal(Map.of("op", "single_message", "to_user_id", "bert")))
                .hasMessage("missing_parameter: message");
        assertThat(refusal(Map.of("op", "room_message", "room_id", "r"))).hasMessage("missing_parameter: message");
    }

    @Test
    void aPingIsAnsweredWithPongAndNoEnvelope() {
        Map<String, Object> frame = Map.of("op", "ping");
        Answer answer = operations.find(frame).parse(client, new Params(frame)).run();
        assertThat(answer.op()).isEqualTo("pong");
        assertThat(answer.envelope(Language.ENGLISH)).isEmpty();
    }
}
