package io.simpleim.testing;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * A proxy in front of a local MongoDB. It counts commands and simulates network failures. It parses just enough of the
 * wire protocol to tell commands apart. Thread-safe.
 */
public final class MongoProxy implements AutoCloseable {
    private static final int HEADER = 16;
    private static final int OP_MSG = 2013;
    private static final int FIRST_ELEMENT = HEADER + 4 + 1 + 4;
    private static final int BSON_STRING = 2;
    /** Commands that the driver sends by itself. */
    private static final Set<String> HOUSEKEEPING =
            Set.of("hello", "isMaster", "ismaster", "ping", "buildInfo", "endSessions", "killCursors");

    /** When the store disappears: before a command is executed, or afterwards but before it is answered. */
    public enum Moment {
        BEFORE,
        AFTER
    }

    private final int upstreamPort;
    private final OwnedPort port = OwnedPort.claim();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "mongo-proxy");
        thread.setDaemon(true);
        return thread;
    });

    // All guarded by this.
    private final Set<Socket> connections = new HashSet<>();
    private ServerSocket listening;
    private CompletableFuture<Void> accepting;
    private int commands;
    private Predicate<String> held = command -> false;
    private int waiting;
    private int passes;
    private String losing = "";
    /** Commands until the store disappears; 0 if it stays. */
    private int commandsLeft;

    private Moment leaving = Moment.BEFORE;

    /** @param address {@code host:port} of a store on loopback */
    public MongoProxy(String address) {
        this.upstreamPort = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        listen();
    }

    public String address() {
        return port.address();
    }

    /** The number of commands since the last call, without those that the driver sends by itself. */
    public synchronized int takeCommands() {
        int counted = commands;
        commands = 0;
        return counted;
    }

    /** Makes the store unreachable: breaks connections and refuses new ones. */
    public synchronized void takeAway() {
        closeQuietly(listening);
        connections.forEach(MongoProxy::closeQuietly);
        connections.clear();
    }

    /**
     * Makes the store unreachable, as {@link #takeAway} does, at one of the next commands.
     *
     * @param command 1 for the next one; commands that the driver sends by itself do not count
     */
    public synchronized void takeAwayAt(int command, Moment moment) {
        commandsLeft = command;
        leaving = moment;
    }

    /** Cancels a pending {@link #takeAwayAt}; returns whether it was still pending. */
    public synchronized boolean callOff() {
        boolean stayed = commandsLeft > 0;
        commandsLeft = 0;
        return stayed;
    }

    public void giveBack() {
        ended().join();
        listen();
    }

    /** Holds all commands: nothing is answered and nothing refused. */
    public void hold() {
        hold(command -> true);
    }

    /** Holds all commands of one kind, such as {@code update user}. */
    public void hold(String command) {
        hold(command::equals);
    }

    private synchronized void hold(Predicate<String> commands) {
        held = commands;
    }

    /** Waits until a command is held. */
    public synchronized void awaitHeld() throws InterruptedException {
        while (waiting == 0 || passes > 0) {
            wait();
        }
    }

    /** Lets one held command through. */
    public synchronized void passOne() {
        passes++;
        notifyAll();
    }

    public synchronized void release() {
        held = command -> false;
        passes = 0;
        notifyAll();
    }

    /**
     * Executes the next such command, but breaks the connection before its answer.
     *
     * @param command name and collection, such as {@code insert user_message}
     */
    public synchronized void loseAnswerTo(String command) {
        losing = command;
    }

    @Override
    public void close() {
        takeAway();
        release();
        threads.shutdownNow();
        port.close();
    }

    /** The port becomes free only when no thread accepts on it. */
    private synchronized CompletableFuture<Void> ended() {
        return accepting;
    }

    private synchronized void listen() {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number()));
            listening = socket;
            accepting = CompletableFuture.runAsync(() -> accept(socket), threads);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket client = from.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                // Closed, which the loop sees.
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket store = new Socket(InetAddress.getLoopbackAddress(), upstreamPort)) {
            register(client, store);
            DataInputStream requests = new DataInputStream(client.getInputStream());
            DataInputStream answers = new DataInputStream(store.getInputStream());
            while (true) {
                byte[] request = readFrame(requests);
                String command = commandOf(request);
                boolean isLast = pass(command);
                if (isLast && leaves(Moment.BEFORE)) {
                    return;
                }
                write(store.getOutputStream(), request);
                byte[] answer = readFrame(answers);
                if (isLost(command) || (isLast && leaves(Moment.AFTER))) {
                    return;
                }
                write(client.getOutputStream(), answer);
            }
        } catch (EOFException | SocketException e) {
            // One side has gone, or takeAway has closed both.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void register(Socket client, Socket store) throws SocketException {
        if (listening.isClosed()) {
            throw new SocketException("the store is away");
        }
        client.setTcpNoDelay(true);
        store.setTcpNoDelay(true);
        connections.add(client);
        connections.add(store);
    }

    /** @return whether the store disappears at this command */
    private synchronized boolean pass(String command) throws InterruptedException {
        if (held.test(command)) {
            waiting++;
            notifyAll();
            while (held.test(command) && passes == 0) {
                wait();
            }
            waiting--;
            passes = Math.max(0, passes - 1);
            notifyAll();
        }
        if (HOUSEKEEPING.contains(command.split(" ", 2)[0])) {
            return false;
        }
        commands++;
        return commandsLeft > 0 && --commandsLeft == 0;
    }

    private synchronized boolean leaves(Moment moment) {
        if (leaving == moment) {
            takeAway();
        }
        return leaving == moment;
    }

    private synchronized boolean isLost(String command) {
        boolean lost = command.equals(losing);
        if (lost) {
            losing = "";
        }
        return lost;
    }

    private static byte[] readFrame(DataInputStream from) throws IOException {
        int length = Integer.reverseBytes(from.readInt());
        ByteBuffer frame = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(length);
        from.readFully(frame.array(), Integer.BYTES, length - Integer.BYTES);
        return frame.array();
    }

    private static void write(OutputStream to, byte[] frame) throws IOException {
        to.write(frame);
        to.flush();
    }

    /** The command's name and its collection, if it has one. */
    private static String commandOf(byte[] frame) {
        ByteBuffer bytes = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.getInt(HEADER - Integer.BYTES) != OP_MSG) {
            return "hello";
        }
        String name = text(frame, FIRST_ELEMENT + 1);
        int value = FIRST_ELEMENT + 1 + name.length() + 1;
        return frame[FIRST_ELEMENT] == BSON_STRING ? name + " " + text(frame, value + Integer.BYTES) : name;
    }

    private static String text(byte[] frame, int from) {
        int end = from;
        while (frame[end] != 0) {
            end++;
        }
        return new String(frame, from, end - from, StandardCharsets.UTF_8);
    }

    private static void closeQuietly(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception e) {
            // The connection was to be closed anyway.
        }
    }
}
