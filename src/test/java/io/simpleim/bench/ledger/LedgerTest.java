package io.simpleim.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.bench.client.ByteText;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ledger detects each kind of fault. */
class LedgerTest {
    private static final String ROOM = "5".repeat(72);

    private final Ledger ledger = new Ledger();
    private final Receiver receiver = ledger.receiver();

    @BeforeEach
    void listen() {
        receiver.expect(ROOM);
    }

    @Test
    void isCleanWhenAllArriveInOrder() {
        for (int seq = 1; seq <= 3; seq++) {
            push(seq, 'a' + seq);
            answer(seq, 'a' + seq);
        }

        assertThat(ledger.balance().isClean()).isTrue();
        assertThat(ledger.balance().received()).isEqualTo(3);
        assertThat(ledger.isSettled()).isTrue();
        assertThat(ledger.untilAll().count()).isEqualTo(3);
    }

    @Test
    void findsMissingMessages() {
        answer(1, 'a');
        push(1, 'a');
        answer(2, 'b');
        answer(3, 'c');
        push(3, 'c');
        answer(4, 'd');

        assertThat(ledger.balance().lost()).isEqualTo(2);
        assertThat(ledger.isSettled()).isFalse();
    }

    @Test
    void unansweredMessagesAreNotMissing() {
        answer(1, 'a');
        push(1, 'a');
        answer(3, 'c');
        push(3, 'c');

        assertThat(ledger.balance().lost()).isZero();
    }

    @Test
    void findsDoubledAndLateMessages() {
        answer(1, 'a');
        answer(2, 'b');
        push(2, 'b');
        push(1, 'a');
        push(1, 'a');

        assertThat(ledger.balance().outOfOrder()).isEqualTo(1);
        assertThat(ledger.balance().doubled()).isEqualTo(1);
        assertThat(ledger.balance().lost()).isZero();
    }

    @Test
    void findsASeqWithTwoMessages() {
        answer(1, 'a');
        push(1, 'b');
        answer(2, 'c');
        push(2, 'c');
        answer(2, 'd');

        assertThat(ledger.balance().doubled()).isEqualTo(2);
    }

    @Test
    void countsMessagesCutOffByAClosedConnection() {
        answer(1, 'a');
        receiver.ended("closed with 4008");

        assertThat(ledger.balance().lost()).isZero();
        assertThat(ledger.balance().cutOff()).isEqualTo(1);
        assertThat(ledger.balance().isClean()).isFalse();
        assertThat(ledger.balance().ends()).containsEntry("closed with 4008", 1);
    }

    @Test
    void countsEventsSeparately() {
        byte[] event = ByteText.ascii("{\"message_type\":10004,\"event\":\"typing\",\"room_id\":\"" + ROOM + "\"}");
        receiver.push(event, 0, event.length, 1);

        assertThat(ledger.balance().events()).isEqualTo(1);
        assertThat(ledger.balance().received()).isZero();
    }

    private void push(long seq, int id) {
        byte[] push = ByteText.ascii("{\"message_id\":\"" + id(id)
                + "\",\"message_type\":1,\"message_data\":\"x\",\"room_id\":\"" + ROOM + "\",\"seq\":" + seq + "}");
        receiver.push(push, 0, push.length, 5);
    }

    private void answer(long seq, int id) {
        byte[] answer = ByteText.ascii("{\"code\":200,\"data\":{\"message_id\":\"" + id(id) + "\",\"room_id\":\"" + ROOM
                + "\",\"seq\":" + seq + "}}");
        ledger.answer(answer, 0, answer.length, 2);
    }

    private static String id(int character) {
        return String.valueOf((char) character).repeat(72);
    }
}
