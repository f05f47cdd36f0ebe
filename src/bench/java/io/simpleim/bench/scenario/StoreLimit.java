package io.simpleim.bench.scenario;

import io.simpleim.bench.measure.LatencyHistogram;
import io.simpleim.bench.measure.MeasuredProcesses;
import io.simpleim.bench.measure.Stopwatch;
import io.simpleim.bench.measure.Window;
import io.simpleim.bench.report.Figure;
import io.simpleim.bench.server.ServerProcess;
import io.simpleim.model.MessageDraft;
import io.simpleim.model.ServerId;
import io.simpleim.store.mongo.MessageDao;
import io.simpleim.store.mongo.MongoStore;
import io.simpleim.store.mongo.UserMessageDao;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Upper limit of the store: durable batches of a message's two documents, written through the driver. */
final class StoreLimit implements Scenario {
    private static final double FILE_TARGET = 4000;
    private static final int[] QUICK_BATCHES = {100};
    private static final int[] BATCHES = {100, 64, 16};
    private static final int[] WRITERS = {4, 1};

    @Override
    public void run(ScenarioContext context) throws InterruptedException {
        for (String store : context.stores()) {
            try (ServerProcess server = ServerProcess.store(context.launch(), store);
                    MongoStore driver = new MongoStore(server.mongoAddress(), "", "", "simpleim")) {
                run(context, store, server, driver);
            }
        }
    }

    private static void run(ScenarioContext context, String store, ServerProcess server, MongoStore driver)
            throws InterruptedException {
        MessageDao messages = new MessageDao(driver);
        UserMessageDao entries = new UserMessageDao(driver);
        messages.createIndexes();
        entries.createIndexes();
        boolean isFirst = true;
        double best = 0;
        for (int batch : context.isQuick() ? QUICK_BATCHES : BATCHES) {
            for (int writers : WRITERS) {
                long warmUp = (isFirst ? context.firstPace() : context.pace()).warmUpNanos();
                isFirst = false;
                BatchWriters writing = new BatchWriters(messages, entries, batch, writers);
                Window window = writing.measure(server, warmUp, context.pace().windowNanos());
                String name = "limit/store-" + store + "/" + batch + "x" + writers;
                context.report().window(name, window);
                context.report().add(Figure.of(name, window.perSecond(), "messages/s"));
                context.report().add(Figure.of(name + "/cpu", window.serverCpuMicros(), "µs"));
                best = batch == BATCHES[0] ? Math.max(best, window.perSecond()) : best;
            }
        }
        Figure limit = Figure.of("limit/store-" + store, best, "messages/s");
        context.report().add(store.equals("file") ? limit.atLeast(FILE_TARGET, "batches of 100") : limit);
    }

    /** Writers with a room each, who write one batch after the other. */
    private static final class BatchWriters {
        private final MessageDao messages;
        private final UserMessageDao entries;
        private final int batch;
        private final int writers;
        private final AtomicLong stored = new AtomicLong();
        private final AtomicBoolean goesOn = new AtomicBoolean(true);

        BatchWriters(MessageDao messages, UserMessageDao entries, int batch, int writers) {
            this.messages = messages;
            this.entries = entries;
            this.batch = batch;
            this.writers = writers;
        }

        Window measure(ServerProcess server, long warmUpNanos, long windowNanos) throws InterruptedException {
            List<LatencyHistogram> latencies = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                LatencyHistogram latency = new LatencyHistogram();
                latencies.add(latency);
                Thread thread = new Thread(() -> write(latency), "bench-writer-" + i);
                threads.add(thread);
                thread.start();
            }
            TimeUnit.NANOSECONDS.sleep(warmUpNanos);
            long before = stored.get();
            Stopwatch stopwatch = new Stopwatch(MeasuredProcesses.of(server));
            TimeUnit.NANOSECONDS.sleep(windowNanos);
            Window window = stopwatch.stop(stored.get() - before, latencies.get(0));
            goesOn.set(false);
            for (Thread thread : threads) {
                thread.join();
            }
            return window;
        }

        private void write(LatencyHistogram latency) {
            String roomId = ServerId.random();
            for (long seq = 1; goesOn.get(); seq += batch) {
                long began = System.nanoTime();
                Batches.store(messages, entries, roomId, "s000001", seq, batch);
                latency.record(System.nanoTime() - began);
                stored.addAndGet(batch);
            }
        }
    }

    /** Messages in the server's format. */
    static final class Batches {
        private Batches() {}

        /** Stores a batch in a room. */
        static void store(
                MessageDao messages, UserMessageDao entries, String roomId, String senderId, long firstSeq, int size) {
            List<MessageDraft> drafts = new ArrayList<>(size);
            List<UserMessageDao.Entry> numbered = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                String text = ScenarioContext.TEXT + (1_000_000_000_000_000L + firstSeq + i);
                MessageDraft draft = new MessageDraft(ServerId.random(), roomId, senderId, 1, text, 1_790_000_000L);
                drafts.add(draft);
                numbered.add(UserMessageDao.Entry.of(draft, firstSeq + i));
            }
            messages.insertAll(drafts);
            if (entries.insertInOrder(numbered) != size) {
                throw new IllegalStateException("a seq of this writer's own room was taken");
            }
        }
    }
}
