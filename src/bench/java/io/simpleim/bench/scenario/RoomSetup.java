package io.simpleim.bench.scenario;

import io.simpleim.bench.client.HttpClient;
import io.simpleim.bench.client.Request;
import io.simpleim.bench.client.WebSocketConnection;
import io.simpleim.bench.ledger.Receiver;
import io.simpleim.bench.load.Load;
import io.simpleim.bench.load.Sender;
import io.simpleim.bench.load.SetupClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Sets up a room with connected members, and with further members who only send. */
final class RoomSetup {
    /** Long enough for one message. */
    private static final Load.Pace FIRST = new Load.Pace(0, TimeUnit.MILLISECONDS.toNanos(1), 1);

    private RoomSetup() {}

    /** Fills the room, connects its members, waits until all have its first message, and returns the senders. */
    static List<Sender> open(ImServer server, NodePlacement placement, int listenerCount, int senderCount) {
        SetupClient setup = server.setup();
        List<String> listeners = setup.logIn(UserPairs.ids("l", listenerCount));
        List<String> speakers = setup.logIn(UserPairs.ids("s", senderCount));
        String roomId = setup.createRoom(speakers.get(0));
        setup.enter(roomId, speakers);
        setup.enter(roomId, listeners);
        setup.connect(listeners.size(), i -> {
            Receiver receiver = server.ledger().receiver();
            receiver.expect(roomId);
            return new WebSocketConnection(
                    server.loop(), placement.listeners().apply(i), "/u/user/connect", listeners.get(i), receiver);
        });
        List<Sender> senders = new ArrayList<>();
        for (int i = 0; i < speakers.size(); i++) {
            String form = "room_id=" + roomId + "&message=" + ScenarioContext.TEXT.replace(' ', '+') + Request.NUMBER
                    + "&client_msg_id=" + Request.NUMBER;
            senders.add(new Sender(
                    server.loop(),
                    new HttpClient(server.loop(), placement.senders().apply(i)),
                    Request.form("/rm/room/room_message", speakers.get(i), form),
                    server.ledger()::answer));
        }
        awaitLive(server, senders.get(0));
        return senders;
    }

    /**
     * An open connection may still be catching up. If more is written meanwhile than catch-up sends of one room, it is
     * told of a gap and does not get the rest.
     */
    private static void awaitLive(ImServer server, Sender sender) {
        server.load(FIRST).run(List.of(sender), Load.Deliveries.NONE);
        if (!server.settle()) {
            throw new IllegalStateException("the first message has not reached all members");
        }
    }
}
