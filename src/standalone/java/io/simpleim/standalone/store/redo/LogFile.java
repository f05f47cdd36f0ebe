package io.simpleim.standalone.store.redo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file behind a {@link RedoLog}. Tests replace it to make the disk fail. Used by one thread at a time. */
public interface LogFile extends AutoCloseable {
    /** Writes the whole buffer at this position of the file. */
    void write(ByteBuffer bytes, long position) throws IOException;

    /** Returns when all written data is on the disk. */
    void force() throws IOException;

    @Override
    void close() throws IOException;

    /** Creates a log file, which must not exist yet. */
    interface Creator {
        LogFile create(Path path) throws IOException;
    }

    /** Creates a file on the disk. */
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

    /** Wraps a failure of the disk. */
    static UncheckedIOException failure(String what, Path path, IOException cause) {
        return new UncheckedIOException(what + " " + path + ": " + cause.getMessage(), cause);
    }
}
