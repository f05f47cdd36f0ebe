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
 * Stands between a client and a MongoDB on this machine: counts the commands, and makes the store as unreliable as a
 * network can. Knows as much of the wire protocol as it takes to tell one command from another. Thread-safe.
 */
public final class MongoProxy implements AutoCloseable {
    private static final int HEADER = 16;
    private static final int OP_MSG = 2013;
    private static final int FIRST_ELEMENT = HEADER + 4 + 1 + 4;
    private static final int BSON_STRING = 2;
    /** What the driver sends by itself. */
    private static final Set<String> HOUSEKEEPING =
            Set.of("hello", "isMaster", "ismaster", "ping", "buildInfo", "endSessions", "killCursors");

    /** When the store goes away: before a command is carried out, or after that but before it is answered. */
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
    /** Commands until the store goes away; 0 if it stays. */
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

    /** How many commands have passed since the last call, without those that the driver sends by itself. */
    public synchronized int takeCommands() {
        int counted = commands;
        commands = 0;
        return counted;
    }

    /** The store is away: connections break, and new ones are refused. */
    public synchronized void takeAway() {
        closeQuietly(listening);
        connections.forEach(MongoProxy::closeQuietly);
        connections.clear();
    }

    /**
     * The store goes away, as by {@link #takeAway}, at one of the commands that come from now on.
     *
     * @param command 1 is the next one; those that the driver sends by itself do not count
     */
    public synchronized void takeAwayAt(int command, Moment moment) {
        commandsLeft = command;
        leaving = moment;
    }

    /** The store does not go away at a command any more; gives whether it has not done so already. */
    public synchronized boolean callOff() {
        boolean stayed = commandsLeft > 0;
        commandsLeft = 0;
        return stayed;
    }

    public void giveBack() {
        ended().join();
        listen();
    }

    /** From now on nothing is answered, and nothing refused either. */
    public void hold() {
        hold(command -> true);
    }

    /** From now on such commands wait, such as {@code update user}. */
    public void hold(String command) {
        hold(command::equals);
    }

    private synchronized void hold(Predicate<String> commands) {
        held = commands;
    }

    /** Waits until a command waits. */
    public synchronized void awaitHeld() throws InterruptedException {
        while (waiting == 0 || passes > 0) {
            wait();
        }
    }

    /** Lets one of those pass that wait. */
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
     * The next such command is carried out, but the connection breaks before its answer.
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

    /** A port is free again only when no thread waits there any more. */
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
            // One of the two has gone, or takeAway has closed both.
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

    /** @return whether the store goes away at this command */
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

    /** The command's name and, where it has one, its collection. */
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
            // It is to be gone, and it is.
        }
    }
}
