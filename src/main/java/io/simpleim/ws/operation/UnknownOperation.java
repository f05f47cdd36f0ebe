package io.simpleim.ws.operation;

import io.simpleim.api.ApiError;
import io.simpleim.api.Params;
import io.simpleim.api.RequestRejected;
import io.simpleim.connection.ClientConnection;

/** Refuses frames that name no operation, or one that does not exist. */
final class UnknownOperation implements Operation {
    /** One label in metrics for all of them: clients may send any name. */
    @Override
    public String name() {
        return "other";
    }

    @Override
    public Charge charge() {
        return Charge.FRAME;
    }

    @Override
    public Call parse(ClientConnection client, Params params) {
        throw RequestRejected.because(
                params.optional("op").isPresent() ? ApiError.UNKNOWN_OP : ApiError.MALFORMED_FRAME);
    }
}
