package io.simpleim.ws.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simpleim.api.ApiError;
import io.simpleim.api.Params;
import io.simpleim.api.RequestRejected;
import io.simpleim.connection.ClientConnection;
import io.simpleim.connection.ConnectionKind;
import io.simpleim.connection.TestConnections;
import io.simpleim.model.StoreUnavailableException;
import io.simpleim.session.BanCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a frame costs, wherever it fails. */
class OperationExecutorTest {
    private static final Answer DONE = Answer.done("test");

    private final FrameRate rate = new FrameRate();
    private final OperationExecutor executor = new OperationExecutor(rate.limiter, new BanCheck("banned"::equals));
    private final ClientConnection ann = TestConnections.of("ann", ConnectionKind.LISTENING);
    private final ClientConnection banned = TestConnections.of("banned", ConnectionKind.LISTENING);
    private final List<String> calls = new ArrayList<>();

    private record Fake(Charge charge, boolean isOpenToBanned, Operation.Call parsed) implements Operation {
        @Override
        public String name() {
            return "fake";
        }

        @Override
        public Call parse(ClientConnection client, Params params) {
            if (!params.optional("bad").isEmpty()) {
                throw RequestRejected.invalid("bad");
            }
            return parsed;
        }
    }

    private static final Params GOOD = Params.NONE;
    private static final Params BAD = new Params(Map.of("bad", "1"));

    private Operation operation(Charge charge) {
        return new Fake(charge, false, () -> {
            calls.add("run");
            return DONE;
        });
    }

    private static Operation failing(Charge charge, RuntimeException failure) {
        return new Fake(charge, false, () -> {
            throw failure;
        });
    }

    @Test
    void aFrameThatIsCarriedOutIsChargedOnce() {
        assertThat(executor.execute(operation(Charge.FRAME), ann, GOOD)).isEqualTo(DONE);
        assertThat(rate.charges("ann")).isEqualTo(1);
    }

    @Test
    void aFrameThatIsRefusedForItsParametersIsChargedOnce() {
        assertThatThrownBy(() -> executor.execute(operation(Charge.FRAME), ann, BAD))
                .isInstanceOf(RequestRejected.class);
        assertThat(rate.charges("ann")).isEqualTo(1);
        assertThat(calls).isEmpty();
    }

    @Test
    void aFrameThatTheServiceRefusesIsChargedOnce() {
        Operation refusing = failing(Charge.FRAME, RequestRejected.invalid("seq"));
        assertThatThrownBy(() -> executor.execute(refusing, ann, GOOD)).isInstanceOf(RequestRejected.class);
        assertThat(rate.charges("ann")).isEqualTo(1);
    }

    @Test
    void aMessageIsChargedByTheServiceAlone() {
        executor.execute(operation(Charge.MESSAGE), ann, GOOD);
        assertThat(rate.charges("ann")).isZero();
    }

    @Test
    void aMessageThatIsRefusedBeforeTheServiceIsChargedAsAFrame() {
        assertThatThrownBy(() -> executor.execute(operation(Charge.MESSAGE), ann, BAD))
                .isInstanceOf(RequestRejected.class);
        assertThat(rate.charges("ann")).isEqualTo(1);
        assertThat(calls).isEmpty();
    }

    /** A message to oneself was charged twice: the refusal names a parameter, as that of a frame does. */
    @Test
    void aMessageThatTheServiceRefusesIsNotChargedAgain() {
        Operation toOneself = failing(Charge.MESSAGE, RequestRejected.invalid("to_user_id"));
        assertThatThrownBy(() -> executor.execute(toOneself, ann, GOOD)).isInstanceOf(RequestRejected.class);
        Operation unavailable = failing(Charge.MESSAGE, new StoreUnavailableException("down"));
        assertThatThrownBy(() -> executor.execute(unavailable, ann, GOOD))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(rate.charges("ann")).isZero();
    }

    @Test
    void aBannedUserIsRefusedAndCharged() {
        for (Charge charge : Charge.values()) {
            RequestRejected refusal = catchThrowableOfType(
                    RequestRejected.class, () -> executor.execute(operation(charge), banned, GOOD));
            assertThat(refusal.error()).isEqualTo(ApiError.USER_BANNED);
        }
        assertThat(rate.charges("banned")).isEqualTo(2);
        assertThat(calls).isEmpty();
    }

    @Test
    void aBannedUserMayUseWhatIsOpenToBannedUsers() {
        assertThat(executor.execute(new Fake(Charge.FRAME, true, () -> DONE), banned, GOOD))
                .isEqualTo(DONE);
    }

    @Test
    void beyondTheRateTheRefusalIsRateLimited() {
        rate.charges("ann");
        for (Charge charge : Charge.values()) {
            RequestRejected refusal =
                    catchThrowableOfType(RequestRejected.class, () -> executor.execute(operation(charge), ann, BAD));
            assertThat(refusal.error()).isEqualTo(ApiError.RATE_LIMITED);
        }
    }
}
