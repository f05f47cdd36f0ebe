package io.simpleim.bench.scenario;

import io.simpleim.bench.client.AnswerHandler;
import io.simpleim.bench.client.Exchange;
import io.simpleim.bench.client.HttpClient;
import io.simpleim.bench.client.PushHandler;
import io.simpleim.bench.client.Request;
import io.simpleim.bench.client.WsLink;
import io.simpleim.bench.ledger.Receiver;
import io.simpleim.bench.load.Sender;
import io.simpleim.model.ServerId;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user who writes to another one, the next message when the last one is answered and its push has arrived: an answer is
 * handed on when both are there. Lives on its loop's thread.
 */
final class OneByOne implements Exchange, AnswerHandler, PushHandler {
    private static final int OK = 200;

    private final ImServer server;
    private final Receiver receiver;
    private final HttpClient client;
    private AnswerHandler handler = AnswerHandler.NONE;
    private boolean hasArrived;
    /** The answer, if it came before the push. */
    private byte @Nullable [] answer;

    private OneByOne(ImServer server, Receiver receiver, HttpClient client) {
        this.server = server;
        this.receiver = receiver;
        this.client = client;
    }

    /** Logs the two in and connects the one who listens; gives the one who sends. */
    static Sender open(ImServer server, Places places, String prefix) {
        String senderId = prefix + "s";
        String receiverId = prefix + "r";
        List<String> tokens = server.calls().logIn(List.of(senderId, receiverId));
        Receiver receiver = server.ledger().receiver();
        receiver.expect(ServerId.ofPair(senderId, receiverId));
        HttpClient client = new HttpClient(server.loop(), places.senders().apply(0));
        OneByOne exchange = new OneByOne(server, receiver, client);
        server.calls()
                .connect(
                        1,
                        i -> new WsLink(
                                server.loop(),
                                places.listeners().apply(0),
                                "/u/user/connect",
                                tokens.get(1),
                                exchange));
        return new Sender(server.loop(), exchange, Pairs.request(receiverId, tokens.get(0)), server.ledger()::answer);
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
            // The bytes are somebody else's by then.
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
            handOn();
        }
    }

    private void handOn() {
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
