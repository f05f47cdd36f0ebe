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
 * One connection: hands on what has come as one piece of bytes, together with what of earlier bytes was not used. Lives
 * on its loop's thread.
 */
abstract class Link {
    private static final byte[] NOTHING = {};

    private final Loop loop;
    private final SocketChannel channel;
    private final SelectionKey key;

    /** What came and is not complete yet. */
    private byte[] rest = NOTHING;

    private ByteBuffer unsent = ByteBuffer.wrap(NOTHING);

    Link(Loop loop, InetSocketAddress server) {
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
     * Uses what is complete.
     *
     * @param bytes belong to the caller again afterwards
     * @return up to where the bytes are used
     */
    abstract int consume(byte[] bytes, int from, int to);

    /** Told once when the server or an error has ended the connection. */
    abstract void ended(String why);

    final Loop loop() {
        return loop;
    }

    /** Sends bytes, which must not change before they are gone; they are, almost always, when this returns. */
    final void send(byte[] bytes, int length) {
        if (unsent.hasRemaining()) {
            throw new IllegalStateException("the last request is not sent yet");
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
            // Closed by what was read before it.
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

    /** Closes the connection without a word. */
    public final void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
