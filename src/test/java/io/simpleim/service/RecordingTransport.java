package io.simpleim.service;

import io.simpleim.model.Session;
import io.simpleim.push.CloseCode;
import io.simpleim.push.Connection;
import io.simpleim.push.Frame;
import io.simpleim.push.Transport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What would have gone over the network. */
final class RecordingTransport implements Transport {
    final List<String> frames = new CopyOnWriteArrayList<>();
    final List<CloseCode> closed = new CopyOnWriteArrayList<>();

    /** A connection of a session to a node. */
    static RecordingTransport connect(TestNode node, Session session) {
        RecordingTransport transport = new RecordingTransport();
        node.hub.add(new Connection(
                session, transport, new Connection.Limits(1000, Long.MAX_VALUE), 0, System::nanoTime, receipt -> {}));
        return transport;
    }

    @Override
    public void send(List<Frame> sent, Done done) {
        sent.forEach(frame -> frames.add(frame.text()));
        done.result(true);
    }

    @Override
    public void ping(Done done) {
        done.result(true);
    }

    @Override
    public void close(CloseCode code) {
        closed.add(code);
    }
}
