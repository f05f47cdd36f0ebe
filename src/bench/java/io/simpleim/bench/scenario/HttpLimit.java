package io.simpleim.bench.scenario;

import io.simpleim.bench.client.EventLoop;
import io.simpleim.bench.client.HttpClient;
import io.simpleim.bench.client.Request;
import io.simpleim.bench.load.AnswerRecorder;
import io.simpleim.bench.load.Load;
import io.simpleim.bench.load.Sender;
import io.simpleim.bench.measure.MeasuredProcesses;
import io.simpleim.bench.measure.Window;
import io.simpleim.bench.report.Figure;
import io.simpleim.bench.server.ServerProcess;
import java.util.ArrayList;
import java.util.List;

/** Upper limit for requests: a bare Tomcat with an empty servlet, with requests and answers of a send's size. */
final class HttpLimit implements Scenario {
    private static final int[] CLIENTS = {64, 16, 1};

    @Override
    public void run(ScenarioContext context) {
        try (ServerProcess server = ServerProcess.bareTomcat(context.launch(), ServerProcess.OUR_BUFFER_BYTES);
                EventLoop loop = new EventLoop()) {
            List<Sender> senders = new ArrayList<>();
            for (int i = 0; i < CLIENTS[0]; i++) {
                String form = "to_user_id=user" + i + "&message=" + ScenarioContext.TEXT.replace(' ', '+')
                        + Request.NUMBER + "&client_msg_id=" + Request.NUMBER;
                senders.add(new Sender(
                        loop,
                        new HttpClient(loop, server.address()),
                        Request.form("/rm/room/single_message", "t".repeat(220), form),
                        AnswerRecorder.NONE));
            }
            for (int clients : CLIENTS) {
                Load.Pace pace = clients == CLIENTS[0] ? context.firstPace() : context.pace();
                Load.Result result = new Load(loop, MeasuredProcesses.of(server), pace)
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
