package io.simpleim.ws.operation;

import io.simpleim.api.Params;
import io.simpleim.connection.ClientConnection;

/** {@code ping}: shows a client that the connection works. */
final class Ping implements Operation {
    private static final Answer PONG = new Answer("pong", null);

    @Override
    public String name() {
        return "ping";
    }

    @Override
    public Charge charge() {
        return Charge.FRAME;
    }

    @Override
    public boolean isOpenToBanned() {
        return true;
    }

    @Override
    public Call parse(ClientConnection client, Params params) {
        return () -> PONG;
    }
}
