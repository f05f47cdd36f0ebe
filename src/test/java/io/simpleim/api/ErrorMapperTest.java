package io.simpleim.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.json.Json;
import io.simpleim.model.StoreUnavailableException;
import org.junit.jupiter.api.Test;

class ErrorMapperTest {

    @Test
    void aRefusalIsPassedOn() {
        Failure failure = ErrorMapper.map(RequestRejected.forNow(ApiError.RATE_LIMITED, 3), "id");

        assertThat(failure)
                .isEqualTo(new Failure(ApiError.RATE_LIMITED, "rate_limited", "rate_limited", null, null, 3, null));
    }

    @Test
    void aStoreOutOfReachIsUnavailable() {
        Failure failure = ErrorMapper.map(new StoreUnavailableException("MongoDB", new Exception("secret")), "id");

        assertThat(failure)
                .isEqualTo(new Failure(ApiError.UNAVAILABLE, "unavailable", "unavailable", null, null, 1, null));
        assertThat(failure.error().httpStatus()).isEqualTo(503);
    }

    @Test
    void aDefectGivesTheClientOnlyTheRequestId() {
        Failure failure = ErrorMapper.map(new IllegalStateException("secret", new Error("cause")), "id-1");

        assertThat(failure.error().httpStatus()).isEqualTo(500);
        assertThat(Json.write(Envelope.failure(Language.CHINESE, failure)))
                .isEqualTo("{\"code\":-1,\"msg\":\"系统错误\",\"error\":\"internal_error\",\"request_id\":\"id-1\"}");
    }

    @Test
    void anErrorOfTheMachineIsADefectToo() {
        assertThat(ErrorMapper.map(new StackOverflowError(), "id").error()).isEqualTo(ApiError.INTERNAL_ERROR);
    }

    @Test
    void aRefusalHasNoStackTrace() {
        assertThat(RequestRejected.invalid("page").getStackTrace()).isEmpty();
        assertThat(RequestRejected.invalid("page")).hasMessage("invalid_parameter: page");
        assertThat(RequestRejected.because(ApiError.MUTED)).hasMessage("muted");
    }
}
