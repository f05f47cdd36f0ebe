package io.simpleim.bench.scenario;

import io.simpleim.bench.client.Loop;
import io.simpleim.bench.client.WsLink;
import io.simpleim.bench.load.Calls;
import io.simpleim.bench.load.Load;
import io.simpleim.bench.measure.Measured;
import io.simpleim.bench.measure.Window;
import io.simpleim.bench.report.Figure;
import io.simpleim.bench.report.Report;
import io.simpleim.bench.server.ServerProcess;
import java.util.List;

/**
 * What a broadcast to a thousand WebSockets costs that has nothing before it: a Tomcat with buffers as the standalone
 * server has them, and as it comes; frame by frame, and in batches; with few who wait for their message to be out, and
 * with so many that something is always queued.
 */
final class BroadcastLimit implements Scenario {
    static final int LISTENERS = 1000;
    private static final int TOMCATS_BUFFER_BYTES = 8192;
    private static final int FEW = 4;
    private static final int MANY = 64;
    private static final String BATCHED = "batched";

    @Override
    public void run(Context context) {
        double best = 0;
        for (int bufferBytes : List.of(ServerProcess.OUR_BUFFER_BYTES, TOMCATS_BUFFER_BYTES)) {
            try (ServerProcess server = ServerProcess.bareTomcat(context.launch(), bufferBytes);
                    Loop loop = new Loop()) {
                Tally tally = new Tally();
                new Calls(loop, server.address())
                        .connect(LISTENERS, i -> new WsLink(loop, server.address(), "/broadcast", "", tally));
                Load load = new Load(loop, Measured.of(server), context.pace());
                Load first = new Load(loop, Measured.of(server), context.firstPace());
                best = Math.max(best, measure(context, first, tally, BATCHED, MANY, bufferBytes));
                measure(context, load, tally, BATCHED, FEW, bufferBytes);
                measure(context, load, tally, "single", MANY, bufferBytes);
                measure(context, load, tally, "single", FEW, bufferBytes);
                context.report().say("  a push of " + tally.bytesEach() + " bytes");
            }
        }
        context.report().add(Figure.of("limit/broadcast", best, "deliveries/s"));
    }

    private static double measure(Context context, Load load, Tally tally, String kind, int senders, int bufferBytes) {
        load.measured().first().ask("start " + kind + " " + senders + " " + (Context.TEXT.length() + 16));
        Window window = load.listen(tally);
        load.measured().first().ask("stop");
        Report report = context.report();
        String name = "limit/broadcast/" + kind + senders + "/" + bufferBytes;
        report.window(name, window);
        report.add(Figure.of(name, window.perSecond(), "deliveries/s"));
        report.add(Figure.of(name + "/cpu", window.serverCpuMicros(), "µs"));
        return window.perSecond();
    }
}
