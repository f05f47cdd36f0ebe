package io.simpleim.standalone;

import io.simpleim.config.value.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The folder with the persistent data of the standalone server. */
record DataFolder(Path folder) {
    private static final int SECRET_BYTES = 48;

    /** System property that {@code logback.xml} reads. */
    private static final String AUDIT_FILE = "im.audit.file";

    static DataFolder open(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            // Other users of the machine must not read messages and sessions. An existing folder keeps its permissions.
            Files.createDirectories(folder, restrictedTo("rwx------"));
        }
        return new DataFolder(folder);
    }

    Path mongoFile() {
        return folder.resolve("mongo.mv.db");
    }

    Path redisFolder() throws IOException {
        return Files.createDirectories(folder.resolve("redis"));
    }

    /** Directs the audit log here, unless the operator has chosen a file. Must be called before anything is logged. */
    void redirectAuditLog() {
        if (System.getProperty(AUDIT_FILE) == null) {
            System.setProperty(AUDIT_FILE, folder.resolve("audit.log").toString());
        }
    }

    /** Returns the secret that signs tokens. It is created once, so tokens survive a restart. Only the owner can read it. */
    Secret secret() throws IOException {
        Path file = folder.resolve("secret");
        if (!Files.exists(file)) {
            byte[] random = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(random);
            // Written to another file first: after a crash, half a secret would stop every later start.
            Path incomplete = folder.resolve("secret.new");
            Files.deleteIfExists(incomplete);
            Files.createFile(incomplete, restrictedTo("rw-------"));
            Files.writeString(
                    incomplete,
                    Base64.getEncoder().encodeToString(random),
                    StandardCharsets.US_ASCII,
                    StandardOpenOption.WRITE);
            Files.move(incomplete, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Secret.of(Files.readString(file, StandardCharsets.US_ASCII).strip());
    }

    private static FileAttribute<?>[] restrictedTo(String permissions) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
