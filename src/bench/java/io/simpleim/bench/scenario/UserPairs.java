package io.simpleim.bench.scenario;

import io.simpleim.bench.client.HttpClient;
import io.simpleim.bench.client.Request;
import io.simpleim.bench.client.WebSocketConnection;
import io.simpleim.bench.ledger.Receiver;
import io.simpleim.bench.load.Sender;
import io.simpleim.model.ServerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Senders, each of whom writes to one connected receiver. Used only on its event loop's thread. */
final class UserPairs {
    private final ImServer server;
    private final NodePlacement placement;
    private final List<String> senderIds;
    private final List<String> receiverIds;
    private final List<String> tokens;
    private final List<Sender> overHttp = new ArrayList<>();

    /** Logs all users in and connects the receivers. */
    UserPairs(ImServer server, String prefix, int count) {
        this(server, NodePlacement.at(server.process().address()), prefix, count);
    }

    /** As the other constructor, with users at several nodes. */
    UserPairs(ImServer server, NodePlacement placement, String prefix, int count) {
        this.server = server;
        this.placement = placement;
        senderIds = ids(prefix + "s", count);
        receiverIds = ids(prefix + "r", count);
        tokens = server.setup().logIn(senderIds);
        List<String> receiverTokens = server.setup().logIn(receiverIds);
        server.setup().connect(count, i -> {
            Receiver receiver = server.ledger().receiver();
            receiver.expect(ServerId.ofPair(senderIds.get(i), receiverIds.get(i)));
            return new WebSocketConnection(
                    server.loop(), placement.listeners().apply(i), "/u/user/connect", receiverTokens.get(i), receiver);
        });
        for (int i = 0; i < count; i++) {
            overHttp.add(new Sender(
                    server.loop(),
                    new HttpClient(server.loop(), placement.senders().apply(i)),
                    request(receiverIds.get(i), tokens.get(i)),
                    server.ledger()::answer));
        }
    }

    /** A message to a user, each with its own number. */
    static Request request(String toUserId, String token) {
        String form = "to_user_id=" + toUserId + "&message=" + ScenarioContext.TEXT.replace(' ', '+') + Request.NUMBER
                + "&client_msg_id=" + Request.NUMBER;
        return Request.form("/rm/room/single_message", token, form);
    }

    static List<String> ids(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.format(Locale.ROOT, "%s%06d", prefix, i))
                .toList();
    }

    /** The first senders, over HTTP. */
    List<Sender> overHttp(int count) {
        return overHttp.subList(0, count);
    }

    /** All senders, over new WebSockets. */
    List<Sender> overWebSocket() {
        List<WebSocketConnection> connections = server.setup()
                .connect(
                        senderIds.size(),
                        i -> new WebSocketConnection(
                                server.loop(),
                                placement.senders().apply(i),
                                "/u/user/connect",
                                tokens.get(i),
                                server.ledger().receiver()));
        List<Sender> senders = new ArrayList<>();
        for (int i = 0; i < connections.size(); i++) {
            String frame = "{\"op\":\"single_message\",\"to_user_id\":\"" + receiverIds.get(i) + "\",\"message\":\""
                    + ScenarioContext.TEXT + Request.NUMBER + "\",\"client_msg_id\":\"w" + Request.NUMBER + "\"}";
            senders.add(new Sender(server.loop(), connections.get(i), Request.frame(frame), server.ledger()::answer));
        }
        return senders;
    }
}
