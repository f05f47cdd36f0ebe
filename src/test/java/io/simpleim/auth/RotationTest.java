package io.simpleim.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.model.Session;
import io.simpleim.testing.HandmadeTokens;
import io.simpleim.testing.LoginConfigs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rotating the secret on several nodes, which get their new configuration one after the other. */
class RotationTest {
    private static final String OLD = "old-0123456789abcdef0123456789abcdef";
    private static final String NEW = "new-0123456789abcdef0123456789abcdef";
    private static final String CLAIMS = "{\"user_id\":\"ann\",\"login_expire\":0,\"jti\":\"s\"}";
    private static final Session SESSION = new Session("s", "ann", 1, 0);

    private final List<String> issued = new ArrayList<>();

    @Test
    void whatThePreviousSecretHasSignedCountsAndTheNewOneSigns() {
        Tokens tokens = new Tokens(LoginConfigs.withPrevious(NEW, OLD));
        assertThat(tokens.verify(HandmadeTokens.of(OLD, CLAIMS))).contains(new Tokens.Claims("s", "ann", 0, false));
        assertThat(tokens.verify(HandmadeTokens.of(NEW, CLAIMS))).isPresent();
        assertThat(tokens.issue(SESSION)).isEqualTo(new Tokens(LoginConfigs.of(NEW)).issue(SESSION));
        assertThat(tokens.verify(HandmadeTokens.of("some-0123456789abcdef0123456789abcdef", CLAIMS)))
                .isEmpty();
    }

    @Test
    void whatWasAcceptedBeforeTheRestartIsRefusedAfterThePreviousSecretIsTakenOut() {
        String token = HandmadeTokens.of(OLD, CLAIMS);
        assertThat(new Tokens(LoginConfigs.withPrevious(NEW, OLD)).verify(token))
                .isPresent();
        assertThat(new Tokens(LoginConfigs.of(NEW)).verify(token)).isEmpty();
    }

    /** The steps from the operations page: no node ever refuses a token that it or another node has issued. */
    @Test
    void inThreeStepsNobodyIsLoggedOut() {
        TokenSecrets before = LoginConfigs.of(OLD);
        TokenSecrets bothSigningWithOld = LoginConfigs.withPrevious(OLD, NEW);
        TokenSecrets bothSigningWithNew = LoginConfigs.withPrevious(NEW, OLD);
        TokenSecrets after = LoginConfigs.of(NEW);

        nodeByNode(before, bothSigningWithOld);
        nodeByNode(bothSigningWithOld, bothSigningWithNew);
        // After loginExpire, all tokens signed with the old secret have expired.
        issued.removeIf(token -> new Tokens(before).verify(token).isPresent());
        nodeByNode(bothSigningWithNew, after);
        assertThat(issued).isNotEmpty();
    }

    /** Without the first step, nodes would refuse new tokens. */
    @Test
    void withoutTheFirstStepANodeRefusesWhatTheNextOneHasIssued() {
        Tokens notYet = new Tokens(LoginConfigs.of(OLD));
        Tokens already = new Tokens(LoginConfigs.withPrevious(NEW, OLD));
        assertThat(already.verify(notYet.issue(SESSION))).isPresent();
        assertThat(notYet.verify(already.issue(SESSION))).isEmpty();
    }

    private void nodeByNode(TokenSecrets from, TokenSecrets to) {
        Tokens[] nodes = {new Tokens(from), new Tokens(from), new Tokens(from)};
        for (int restarted = 0; restarted < nodes.length; restarted++) {
            nodes[restarted] = new Tokens(to);
            Arrays.stream(nodes).map(node -> node.issue(SESSION)).forEach(issued::add);
            for (Tokens node : nodes) {
                assertThat(issued)
                        .allSatisfy(token -> assertThat(node.verify(token)).isPresent());
            }
        }
    }
}
