package io.simpleim.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteBudgetTest {
    private final ByteBudget budget = new ByteBudget(800);

    @Test
    void takenBytesAreUnavailableUntilTheyAreReleased() {
        assertThat(budget.tryAcquire(800)).isTrue();
        assertThat(budget.tryAcquire(1)).isFalse();
        budget.release(800);
        assertThat(budget.tryAcquire(800)).isTrue();
    }

    @Test
    void oneClientGetsAShareAndLeavesTheRestToOthers() {
        assertThat(budget.tryAcquire("ann", 60)).isTrue();
        assertThat(budget.tryAcquire("ann", 60)).isFalse();
        assertThat(budget.tryAcquire("ann", 40)).isTrue();
        assertThat(budget.tryAcquire("bob", 100)).isTrue();
        assertThat(budget.available()).isEqualTo(600);

        budget.release("ann", 60);
        assertThat(budget.tryAcquire("ann", 60)).isTrue();
        assertThat(budget.available()).isEqualTo(600);
    }

    @Test
    void aRefusedClientHoldsNothing() {
        budget.tryAcquire(750);
        assertThat(budget.tryAcquire("ann", 60)).isFalse();
        budget.release(750);
        assertThat(budget.tryAcquire("ann", 100)).isTrue();
        assertThat(budget.available()).isEqualTo(700);
    }
}
