package io.simpleim.bench.scenario;

import io.simpleim.bench.client.HttpClient;
import io.simpleim.bench.client.Request;
import io.simpleim.bench.client.WsLink;
import io.simpleim.bench.ledger.Receiver;
import io.simpleim.bench.load.Calls;
import io.simpleim.bench.load.Load;
import io.simpleim.bench.load.Sender;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A room of members who are connected, and of more members who only send. */
final class MemberRoom {
    /** Long enough for one message. */
    private static final Load.Pace FIRST = new Load.Pace(0, TimeUnit.MILLISECONDS.toNanos(1), 1);

    private MemberRoom() {}

    /** Fills the room and connects its members, and returns when they have had its first message; gives those who send. */
    static List<Sender> open(ImServer server, Places places, int listenerCount, int senderCount) {
        Calls calls = server.calls();
        List<String> listeners = calls.logIn(Pairs.ids("l", listenerCount));
        List<String> speakers = calls.logIn(Pairs.ids("s", senderCount));
        String roomId = calls.createRoom(speakers.get(0));
        calls.enter(roomId, speakers);
        calls.enter(roomId, listeners);
        calls.connect(listeners.size(), i -> {
            Receiver receiver = server.ledger().receiver();
            receiver.expect(roomId);
            return new WsLink(
                    server.loop(), places.listeners().apply(i), "/u/user/connect", listeners.get(i), receiver);
        });
        List<Sender> senders = new ArrayList<>();
        for (int i = 0; i < speakers.size(); i++) {
            String form = "room_id=" + roomId + "&message=" + Context.TEXT.replace(' ', '+') + Request.NUMBER
                    + "&client_msg_id=" + Request.NUMBER;
            senders.add(new Sender(
                    server.loop(),
                    new HttpClient(server.loop(), places.senders().apply(i)),
                    Request.form("/rm/room/room_message", speakers.get(i), form),
                    server.ledger()::answer));
        }
        awaitLive(server, senders.get(0));
        return senders;
    }

    /**
     * A connection that is open may still have to be sent what was missed. If more is written meanwhile than is sent of a
     * room then, it is told of a gap and does not get the rest.
     */
    private static void awaitLive(ImServer server, Sender sender) {
        server.load(FIRST).run(List.of(sender), Load.Deliveries.NONE);
        if (!server.settle()) {
            throw new IllegalStateException("the first message has not reached all members");
        }
    }
}
