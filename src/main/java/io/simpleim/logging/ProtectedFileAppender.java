package io.simpleim.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Appends to a rolling file that only its owner and group can read, on file systems with POSIX permissions. Existing and
 * rolled files keep their permissions; compressed ones would get those of the process.
 */
public final class ProtectedFileAppender extends RollingFileAppender<ILoggingEvent> {
    private static final Set<PosixFilePermission> OWNER_AND_GROUP = PosixFilePermissions.fromString("rw-r-----");

    /** Called at start-up and after each roll, by one thread at a time. */
    @Override
    public void openFile(String name) throws IOException {
        Path file = Path.of(name);
        if (!Files.exists(file)
                && FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            FileAttribute<?> permissions = PosixFilePermissions.asFileAttribute(OWNER_AND_GROUP);
            Files.createFile(file, permissions);
        }
        super.openFile(name);
    }
}
