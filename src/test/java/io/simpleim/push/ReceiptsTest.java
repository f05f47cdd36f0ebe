package io.simpleim.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiptsTest {
    private final Receipts receipts = new Receipts();

    private static Receipt receipt(String roomId, long first, long last) {
        return new Receipt("ann", StreamKey.ofMessages(roomId), first, last);
    }

    @Test
    void contiguousNumbersBecomeOneReceiptPerStream() {
        receipts.add(List.of(Samples.message("a", 5), Samples.message("b", 1), Samples.message("a", 6)));
        receipts.add(List.of(Samples.message("a", 7)));

        assertThat(receipts.take("ann")).containsExactlyInAnyOrder(receipt("a", 5, 7), receipt("b", 1, 1));
    }

    @Test
    void numbersAfterAJumpAreLeftOut() {
        receipts.add(List.of(Samples.message("a", 1), Samples.message("a", 3), Samples.message("a", 4)));
        assertThat(receipts.take("ann")).containsExactly(receipt("a", 1, 1));

        receipts.add(List.of(Samples.message("a", 5)));
        assertThat(receipts.take("ann")).containsExactly(receipt("a", 5, 5));
    }

    @Test
    void repeatedNumbersDoNotMoveBack() {
        receipts.add(Samples.messages(4, 8));
        receipts.add(Samples.messages(5, 6));

        assertThat(receipts.take("ann")).containsExactly(receipt(Samples.ROOM, 4, 8));
    }

    @Test
    void aGapCoversTheMessagesThatAreNotPushed() {
        receipts.add(List.of(
                Samples.message("a", 3), Frame.ofGap(StreamKey.ofMessages("a"), 3, 50), Samples.message("a", 50)));

        assertThat(receipts.take("ann")).containsExactly(receipt("a", 3, 50));
    }

    @Test
    void onlyTheFirstAddAfterATakeIsReported() {
        assertThat(receipts.add(List.of(Frame.ofText("an answer")))).isFalse();
        assertThat(receipts.add(Samples.messages(1, 2))).isTrue();
        assertThat(receipts.add(Samples.messages(3, 3))).isFalse();
        receipts.take("ann");
        assertThat(receipts.take("ann")).isEmpty();

        assertThat(receipts.add(Samples.messages(4, 4))).isTrue();
    }
}
