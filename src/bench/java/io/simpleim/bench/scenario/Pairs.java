package io.simpleim.bench.scenario;

import io.simpleim.bench.client.HttpClient;
import io.simpleim.bench.client.Request;
import io.simpleim.bench.client.WsLink;
import io.simpleim.bench.ledger.Receiver;
import io.simpleim.bench.load.Sender;
import io.simpleim.model.ServerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Users who write to one listener each. */
final class Pairs {
    private final ImServer server;
    private final Places places;
    private final List<String> senderIds;
    private final List<String> receiverIds;
    private final List<String> tokens;
    private final List<Sender> overHttp = new ArrayList<>();

    /** Logs them in, and connects the listeners. */
    Pairs(ImServer server, String prefix, int count) {
        this(server, Places.at(server.process().address()), prefix, count);
    }

    /** As the other one, at some nodes of several. */
    Pairs(ImServer server, Places places, String prefix, int count) {
        this.server = server;
        this.places = places;
        senderIds = ids(prefix + "s", count);
        receiverIds = ids(prefix + "r", count);
        tokens = server.calls().logIn(senderIds);
        List<String> receiverTokens = server.calls().logIn(receiverIds);
        server.calls().connect(count, i -> {
            Receiver receiver = server.ledger().receiver();
            receiver.expect(ServerId.ofPair(senderIds.get(i), receiverIds.get(i)));
            return new WsLink(
                    server.loop(), places.listeners().apply(i), "/u/user/connect", receiverTokens.get(i), receiver);
        });
        for (int i = 0; i < count; i++) {
            overHttp.add(new Sender(
                    server.loop(),
                    new HttpClient(server.loop(), places.senders().apply(i)),
                    request(receiverIds.get(i), tokens.get(i)),
                    server.ledger()::answer));
        }
    }

    /** A message to a user, each time with another number. */
    static Request request(String toUserId, String token) {
        String form = "to_user_id=" + toUserId + "&message=" + Context.TEXT.replace(' ', '+') + Request.NUMBER
                + "&client_msg_id=" + Request.NUMBER;
        return Request.form("/rm/room/single_message", token, form);
    }

    static List<String> ids(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.format(Locale.ROOT, "%s%06d", prefix, i))
                .toList();
    }

    /** The first of them, over HTTP. */
    List<Sender> overHttp(int count) {
        return overHttp.subList(0, count);
    }

    /** All of them, over WebSockets that are opened now. */
    List<Sender> overWebSocket() {
        List<WsLink> links = server.calls()
                .connect(
                        senderIds.size(),
                        i -> new WsLink(
                                server.loop(),
                                places.senders().apply(i),
                                "/u/user/connect",
                                tokens.get(i),
                                server.ledger().receiver()));
        List<Sender> senders = new ArrayList<>();
        for (int i = 0; i < links.size(); i++) {
            String frame = "{\"op\":\"single_message\",\"to_user_id\":\"" + receiverIds.get(i) + "\",\"message\":\""
                    + Context.TEXT + Request.NUMBER + "\",\"client_msg_id\":\"w" + Request.NUMBER + "\"}";
            senders.add(new Sender(server.loop(), links.get(i), Request.frame(frame), server.ledger()::answer));
        }
        return senders;
    }
}
