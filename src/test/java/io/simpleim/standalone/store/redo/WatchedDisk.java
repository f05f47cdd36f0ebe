package io.simpleim.standalone.store.redo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A disk that records the end of the log and can be made to fail. */
public final class WatchedDisk implements LogFile.Creator {
    private static final int PADDING = 1 << 20;

    /** End of the last block. */
    public volatile long end;

    public volatile boolean writesFail;
    public volatile boolean forcesFail;
    public volatile boolean createsFail;
    public final AtomicInteger created = new AtomicInteger();

    @Override
    public LogFile create(Path path) throws IOException {
        if (createsFail) {
            throw new IOException("too many open files");
        }
        created.incrementAndGet();
        LogFile file = LogFile.onDisk(path);
        return new LogFile() {
            @Override
            public void write(ByteBuffer bytes, long position) throws IOException {
                if (writesFail) {
                    throw new IOException("disk full");
                }
                if (bytes.remaining() < PADDING && bytes.remaining() != RedoLog.BLOCK_HEADER) {
                    end = position + bytes.remaining();
                }
                file.write(bytes, position);
            }

            @Override
            public void force() throws IOException {
                if (forcesFail) {
                    throw new IOException("input/output error");
                }
                file.force();
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }
}
