package io.simpleim.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.config.value.HashedSecret;
import io.simpleim.config.value.PartnerKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartnerGateTest {
    private static final String SHOP = "shop-0123456789abcdef0123456789abcdef";
    private static final String SHOP_NEXT = "shop-fedcba9876543210fedcba9876543210";
    private static final String GAME = "shop:game-0123456789abcdef0123456789";

    private final PartnerGate gate = gate(key("shop", SHOP), key("shop", SHOP_NEXT), key("game", GAME));

    @Test
    void withoutKeysOnlyThisMachineIsLetIn() {
        assertThat(gate().admit(null, true)).contains("local");
        assertThat(gate().admit("anything", true)).contains("local");
        assertThat(gate().admit(null, false)).isEmpty();
        assertThat(gate().admit("anything", false)).isEmpty();
    }

    @Test
    void withKeysThisMachineNeedsOneToo() {
        assertThat(gate.admit(null, true)).isEmpty();
        assertThat(gate.admit("", true)).isEmpty();
        assertThat(gate.admit(SHOP, true)).contains("shop");
        assertThat(gate.admit(SHOP, false)).contains("shop");
    }

    @Test
    void aKeyMayComeWithItsName() {
        assertThat(gate.admit("shop:" + SHOP, false)).contains("shop");
        assertThat(gate.admit("game:" + SHOP, false)).isEmpty();
        assertThat(gate.admit("nobody:" + SHOP, false)).isEmpty();
        assertThat(gate.admit("shop:", false)).isEmpty();
        assertThat(gate.admit("shop", false)).isEmpty();
    }

    @Test
    void anotherSecretIsRefused() {
        assertThat(gate.admit(SHOP + "x", false)).isEmpty();
        assertThat(gate.admit(SHOP.substring(1), false)).isEmpty();
        assertThat(gate.admit(" " + SHOP, false)).isEmpty();
    }

    @Test
    void bothSecretsCountWhileAPartnerChangesOver() {
        assertThat(gate.admit(SHOP, false)).contains("shop");
        assertThat(gate.admit(SHOP_NEXT, false)).contains("shop");
        assertThat(gate.admit("shop:" + SHOP_NEXT, false)).contains("shop");
    }

    /** Regression: a secret that starts with its partner's name and a colon was parsed as name:secret and never matched. */
    @Test
    void aSecretMayBeginAsANameDoes() {
        PartnerGate shops = gate(key("shop", GAME));

        assertThat(shops.admit(GAME, false)).contains("shop");
        assertThat(shops.admit("shop:" + GAME, false)).contains("shop");
        assertThat(gate.admit(GAME, false)).contains("game");
    }

    private static PartnerGate gate(PartnerKey... keys) {
        return new PartnerGate(List.of(keys));
    }

    private static PartnerKey key(String name, String secret) {
        return new PartnerKey(name, HashedSecret.of(secret));
    }
}
