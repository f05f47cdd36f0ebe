package io.simpleim.bench.scenario;

import io.simpleim.bench.client.AnswerHandler;
import io.simpleim.bench.client.Exchange;
import io.simpleim.bench.client.HttpClient;
import io.simpleim.bench.client.PushHandler;
import io.simpleim.bench.client.Request;
import io.simpleim.bench.client.WebSocketConnection;
import io.simpleim.bench.ledger.Receiver;
import io.simpleim.bench.load.Sender;
import io.simpleim.model.ServerId;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One user writes to another. The answer is passed on only when the message's push has arrived too, so the sender's
 * next message waits for both. Used only on its event loop's thread.
 */
final class RoundTripExchange implements Exchange, AnswerHandler, PushHandler {
    private static final int OK = 200;

    private final ImServer server;
    private final Receiver receiver;
    private final HttpClient client;
    private AnswerHandler handler = AnswerHandler.NONE;
    private boolean hasArrived;
    /** The answer, if it came before the push. */
    private byte @Nullable [] answer;

    private RoundTripExchange(ImServer server, Receiver receiver, HttpClient client) {
        this.server = server;
        this.receiver = receiver;
        this.client = client;
    }

    /** Logs both users in, connects the receiver, and returns the sender. */
    static Sender open(ImServer server, NodePlacement placement, String prefix) {
        String senderId = prefix + "s";
        String receiverId = prefix + "r";
        List<String> tokens = server.setup().logIn(List.of(senderId, receiverId));
        Receiver receiver = server.ledger().receiver();
        receiver.expect(ServerId.ofPair(senderId, receiverId));
        HttpClient client = new HttpClient(server.loop(), placement.senders().apply(0));
        RoundTripExchange exchange = new RoundTripExchange(server, receiver, client);
        server.setup()
                .connect(
                        1,
                        i -> new WebSocketConnection(
                                server.loop(),
                                placement.listeners().apply(0),
                                "/u/user/connect",
                                tokens.get(1),
                                exchange));
        return new Sender(
                server.loop(), exchange, UserPairs.request(receiverId, tokens.get(0)), server.ledger()::answer);
    }

    @Override
    public void send(Request request, AnswerHandler onAnswer) {
        handler = onAnswer;
        hasArrived = false;
        client.send(request, this);
    }

    @Override
    public void answer(int status, byte[] bytes, int from, int to) {
        if (hasArrived || status != OK) {
            handler.answer(status, bytes, from, to);
        } else {
            // The bytes are valid only during this call.
            answer = Arrays.copyOfRange(bytes, from, to);
        }
    }

    @Override
    public void failed(String why) {
        handler.failed(why);
    }

    @Override
    public void push(byte[] bytes, int from, int to, long nowNanos) {
        long before = server.ledger().deliveries();
        receiver.push(bytes, from, to, nowNanos);
        if (server.ledger().deliveries() > before) {
            hasArrived = true;
            passOn();
        }
    }

    private void passOn() {
        byte[] kept = answer;
        if (kept != null) {
            answer = null;
            handler.answer(OK, kept, 0, kept.length);
        }
    }

    @Override
    public void ended(String why) {
        receiver.ended(why);
    }
}
