package io.simpleim.bench.scenario;

import io.simpleim.bench.client.EventLoop;
import io.simpleim.bench.client.WebSocketConnection;
import io.simpleim.bench.load.Load;
import io.simpleim.bench.load.SetupClient;
import io.simpleim.bench.measure.MeasuredProcesses;
import io.simpleim.bench.measure.Window;
import io.simpleim.bench.report.Figure;
import io.simpleim.bench.report.Report;
import io.simpleim.bench.server.ServerProcess;
import java.util.List;

/**
 * Upper limit for pushing: a bare Tomcat broadcasts to a thousand WebSockets. Cases: the standalone server's buffer
 * size and Tomcat's default, frame by frame and batched, few broadcasting threads and so many that the queues never run
 * empty.
 */
final class BroadcastLimit implements Scenario {
    static final int LISTENERS = 1000;
    private static final int TOMCAT_BUFFER_BYTES = 8192;
    private static final int FEW = 4;
    private static final int MANY = 64;
    private static final String BATCHED = "batched";

    @Override
    public void run(ScenarioContext context) {
        double best = 0;
        for (int bufferBytes : List.of(ServerProcess.OUR_BUFFER_BYTES, TOMCAT_BUFFER_BYTES)) {
            try (ServerProcess server = ServerProcess.bareTomcat(context.launch(), bufferBytes);
                    EventLoop loop = new EventLoop()) {
                PushCounter counter = new PushCounter();
                new SetupClient(loop, server.address())
                        .connect(
                                LISTENERS,
                                i -> new WebSocketConnection(loop, server.address(), "/broadcast", "", counter));
                Load load = new Load(loop, MeasuredProcesses.of(server), context.pace());
                Load first = new Load(loop, MeasuredProcesses.of(server), context.firstPace());
                best = Math.max(best, measure(context, first, counter, BATCHED, MANY, bufferBytes));
                measure(context, load, counter, BATCHED, FEW, bufferBytes);
                measure(context, load, counter, "single", MANY, bufferBytes);
                measure(context, load, counter, "single", FEW, bufferBytes);
                context.report().say("  a push of " + counter.meanBytes() + " bytes");
            }
        }
        context.report().add(Figure.of("limit/broadcast", best, "deliveries/s"));
    }

    private static double measure(
            ScenarioContext context, Load load, PushCounter counter, String kind, int senders, int bufferBytes) {
        load.measured().first().ask("start " + kind + " " + senders + " " + (ScenarioContext.TEXT.length() + 16));
        Window window = load.listen(counter);
        load.measured().first().ask("stop");
        Report report = context.report();
        String name = "limit/broadcast/" + kind + senders + "/" + bufferBytes;
        report.window(name, window);
        report.add(Figure.of(name, window.perSecond(), "deliveries/s"));
        report.add(Figure.of(name + "/cpu", window.serverCpuMicros(), "µs"));
        return window.perSecond();
    }
}
