package io.simpleim.standalone.store.redo;

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
 * Reads a log that was left behind. An incomplete block marks where the writer died and ends the log. If a complete
 * block follows it, the file is damaged, because that one was written only after the incomplete one was on the disk.
 * Not thread-safe.
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
     * Passes each complete block to the consumer.
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

    /** Whether the creation of the log was completed. The header is forced before anything else is written. */
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
            throw damaged(path, "it does not have the header of log " + number);
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
            throw damaged(path, "the block at " + position + " is corrupt, although others follow it");
        }
    }

    private int length(long at) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(Integer.BYTES);
        read(header, at);
        return header.flip().limit(Integer.BYTES).getInt();
    }

    /** Null if there is no complete block. */
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

    /** Reads up to the end of the file; the rest stays zero. */
    private void read(ByteBuffer into, long at) throws IOException {
        int count;
        do {
            count = channel.read(into, at + into.position());
        } while (count > 0);
        into.position(into.limit());
    }

    static IllegalStateException damaged(Path path, String how) {
        return new IllegalStateException("The log " + path + " of the store is damaged: " + how
                + ". Without it the store lacks the last writes; restore it or the whole data folder.");
    }
}
