package io.simpleim.bench.scenario;

import io.simpleim.bench.client.HttpClient;
import io.simpleim.bench.client.Request;
import io.simpleim.bench.client.WsLink;
import io.simpleim.bench.ledger.Receiver;
import io.simpleim.bench.load.Calls;
import io.simpleim.bench.load.Sender;
import java.util.ArrayList;
import java.util.List;

/** A room of members who are connected, and of more members who only send. */
final class MemberRoom {
    private MemberRoom() {}

    /** Fills the room and connects its members; gives those who send. */
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
        return senders;
    }
}
