package io.simpleim.standalone.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log that was left behind. A block that is not whole is where the writer died, and ends the log; unless a whole
 * block follows it, which was written only after the one before was on the disk: then the file is damaged. Not
 * thread-safe.
 */
final class RedoReader {
    private final Path path;
    private final FileChannel channel;
    private final long size;
    private long position = RedoLog.HEADER;

    private RedoReader(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.size = channel.size();
    }

    /**
     * Gives each whole block.
     *
     * @throws IllegalStateException if the log is damaged
     */
    static void read(Path path, long number, Consumer<ByteBuffer> blocks) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            RedoReader reader = new RedoReader(path, channel);
            if (reader.begins(number)) {
                reader.blocks(blocks);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the log " + path, e);
        }
    }

    /** Whether the log was created to the end; its header is on the disk before anything else. */
    private boolean begins(long number) throws IOException {
        byte[] expected = ByteBuffer.allocate(RedoLog.HEADER)
                .put(RedoLog.MAGIC)
                .putLong(number)
                .array();
        byte[] found = new byte[RedoLog.HEADER];
        read(ByteBuffer.wrap(found), 0);
        if (Arrays.equals(found, new byte[RedoLog.HEADER])) {
            return false;
        } else if (!Arrays.equals(found, expected) && size >= RedoLog.HEADER) {
            throw damaged(path, "it does not begin as the log " + number + " does");
        }
        return size >= RedoLog.HEADER;
    }

    private void blocks(Consumer<ByteBuffer> blocks) throws IOException {
        int length = length(position);
        ByteBuffer block = block(position, length);
        while (block != null) {
            blocks.accept(block);
            position += RedoLog.BLOCK_HEADER + length;
            length = length(position);
            block = block(position, length);
        }
        long next = position + RedoLog.BLOCK_HEADER + length;
        if (length > 0 && block(next, length(next)) != null) {
            throw damaged(path, "the block at " + position + " is not as it was written, and others follow it");
        }
    }

    private int length(long at) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(Integer.BYTES);
        read(header, at);
        return header.flip().limit(Integer.BYTES).getInt();
    }

    /** Null if there is no whole one. */
    private @Nullable ByteBuffer block(long at, int length) throws IOException {
        if (length <= 0 || at + RedoLog.BLOCK_HEADER + length > size) {
            return null;
        }
        ByteBuffer block = ByteBuffer.allocate(RedoLog.BLOCK_HEADER + length);
        read(block, at);
        int checksum = block.getInt(Integer.BYTES);
        ByteBuffer records = block.position(RedoLog.BLOCK_HEADER).slice();
        return RedoLog.checksum(length, records) == checksum ? records : null;
    }

    /** Reads as far as the file goes; the rest is zeros. */
    private void read(ByteBuffer into, long at) throws IOException {
        int count;
        do {
            count = channel.read(into, at + into.position());
        } while (count > 0);
        into.position(into.limit());
    }

    static IllegalStateException damaged(Path path, String how) {
        return new IllegalStateException("The log " + path + " of the store is damaged: " + how
                + ". Without it the store lacks what was written last; restore it, or the whole data folder.");
    }
}
