package io.simpleim.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteBudgetTest {
    private final ByteBudget budget = new ByteBudget(800);

    @Test
    void whatIsTakenIsMissingUntilItIsGivenBack() {
        assertThat(budget.take(800)).isTrue();
        assertThat(budget.take(1)).isFalse();
        budget.give(800);
        assertThat(budget.take(800)).isTrue();
    }

    @Test
    void oneAloneGetsAShareAndLeavesTheRestToOthers() {
        assertThat(budget.take("ann", 60)).isTrue();
        assertThat(budget.take("ann", 60)).isFalse();
        assertThat(budget.take("ann", 40)).isTrue();
        assertThat(budget.take("bob", 100)).isTrue();
        assertThat(budget.left()).isEqualTo(600);

        budget.give("ann", 60);
        assertThat(budget.take("ann", 60)).isTrue();
        assertThat(budget.left()).isEqualTo(600);
    }

    @Test
    void whoIsRefusedHoldsNothing() {
        budget.take(750);
        assertThat(budget.take("ann", 60)).isFalse();
        budget.give(750);
        assertThat(budget.take("ann", 100)).isTrue();
        assertThat(budget.left()).isEqualTo(700);
    }
}
