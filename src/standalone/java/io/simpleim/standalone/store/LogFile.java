package io.simpleim.standalone.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a {@link RedoLog} writes to; a seam for tests, where the disk fails. Used by one thread at a time. */
interface LogFile extends AutoCloseable {
    /** Writes all of the buffer from this position of the file on. */
    void write(ByteBuffer bytes, long position) throws IOException;

    /** Returns when everything written is on the disk. */
    void force() throws IOException;

    @Override
    void close() throws IOException;

    /** Creates such a file; it must not exist. */
    interface Creator {
        LogFile create(Path path) throws IOException;
    }

    /** A file of the disk. */
    static LogFile onDisk(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new LogFile() {
            @Override
            public void write(ByteBuffer bytes, long position) throws IOException {
                long at = position;
                while (bytes.hasRemaining()) {
                    at += channel.write(bytes, at);
                }
            }

            @Override
            public void force() throws IOException {
                channel.force(false);
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    /** A failure of the disk, as the store reports it. */
    static UncheckedIOException failure(String what, Path path, IOException cause) {
        return new UncheckedIOException(what + " " + path + ": " + cause.getMessage(), cause);
    }
}
