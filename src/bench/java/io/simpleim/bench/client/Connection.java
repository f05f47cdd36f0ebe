package io.simpleim.bench.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * A connection. Passes on received bytes, preceded by earlier bytes that were not consumed yet. Used only on its event
 * loop's thread.
 */
abstract class Connection {
    private static final byte[] NOTHING = {};

    private final EventLoop loop;
    private final SocketChannel channel;
    private final SelectionKey key;

    /** Received bytes of an incomplete message. */
    private byte[] rest = NOTHING;

    private ByteBuffer unsent = ByteBuffer.wrap(NOTHING);

    Connection(EventLoop loop, InetSocketAddress server) {
        this.loop = loop;
        try {
            channel = SocketChannel.open(server);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            key = loop.register(channel, this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Consumes complete messages.
     *
     * @param bytes valid only during the call
     * @return offset up to which the bytes were consumed
     */
    abstract int consume(byte[] bytes, int from, int to);

    /** Called once when the server or an error has ended the connection. */
    abstract void ended(String why);

    final EventLoop loop() {
        return loop;
    }

    /** Sends bytes. They must not change before they are sent, which is almost always when this returns. */
    final void send(byte[] bytes, int length) {
        if (unsent.hasRemaining()) {
            throw new IllegalStateException("the previous request is not sent yet");
        }
        unsent = ByteBuffer.wrap(bytes, 0, length);
        try {
            write();
        } catch (IOException e) {
            end(e.toString());
        }
    }

    final boolean isSending() {
        return unsent.hasRemaining();
    }

    private void write() throws IOException {
        channel.write(unsent);
        int wanted = unsent.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    final void ready(SelectionKey selected, byte[] buffer) {
        try {
            if (selected.isWritable()) {
                write();
            }
            if (selected.isReadable()) {
                read(buffer);
            }
        } catch (IOException e) {
            end(e.toString());
        } catch (CancelledKeyException e) {
            // Closed while handling bytes that were read before.
        }
    }

    private void read(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        buffer.put(rest);
        if (channel.read(buffer) < 0) {
            end("the server has closed the connection");
            return;
        }
        int to = buffer.position();
        int used = consume(bytes, 0, to);
        rest = used == to ? NOTHING : Arrays.copyOfRange(bytes, used, to);
        if (rest.length > bytes.length / 2) {
            throw new IOException("an answer is larger than the buffer");
        }
    }

    final void end(String why) {
        if (channel.isOpen()) {
            close();
            ended(why);
        }
    }

    /** Closes the connection without notice to the server. */
    public final void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
