package io.simpleim.bench.scenario;

import io.simpleim.bench.client.HttpClient;
import io.simpleim.bench.client.Loop;
import io.simpleim.bench.client.Request;
import io.simpleim.bench.load.Load;
import io.simpleim.bench.load.Recorder;
import io.simpleim.bench.load.Sender;
import io.simpleim.bench.measure.Measured;
import io.simpleim.bench.measure.Window;
import io.simpleim.bench.report.Figure;
import io.simpleim.bench.server.ServerProcess;
import java.util.ArrayList;
import java.util.List;

/** What a request costs that does nothing: a Tomcat with an empty servlet, requests and answers of a send's size. */
final class HttpLimit implements Scenario {
    private static final int[] CLIENTS = {64, 16, 1};

    @Override
    public void run(Context context) {
        try (ServerProcess server = ServerProcess.bareTomcat(context.launch(), ServerProcess.OUR_BUFFER_BYTES);
                Loop loop = new Loop()) {
            List<Sender> senders = new ArrayList<>();
            for (int i = 0; i < CLIENTS[0]; i++) {
                String form = "to_user_id=user" + i + "&message=" + Context.TEXT.replace(' ', '+') + Request.NUMBER
                        + "&client_msg_id=" + Request.NUMBER;
                senders.add(new Sender(
                        loop,
                        new HttpClient(loop, server.address()),
                        Request.form("/rm/room/single_message", "t".repeat(220), form),
                        Recorder.NONE));
            }
            for (int clients : CLIENTS) {
                Load.Pace pace = clients == CLIENTS[0] ? context.firstPace() : context.pace();
                Load.Result result = new Load(loop, Measured.of(server), pace)
                        .run(senders.subList(0, clients), Load.Deliveries.NONE);
                String name = "limit/http/" + clients;
                Window window = result.requests();
                context.report().window(name, window);
                context.report().add(Figure.of(name, window.perSecond(), "requests/s"));
                context.report().add(Figure.of(name + "/cpu", window.serverCpuMicros(), "µs"));
            }
        }
    }
}
