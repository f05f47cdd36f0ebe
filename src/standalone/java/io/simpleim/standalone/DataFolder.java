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

/** Where the standalone server keeps what has to be there after a restart. */
record DataFolder(Path folder) {
    private static final int SECRET_BYTES = 48;

    /** {@code logback.xml} reads it. */
    private static final String AUDIT_FILE = "im.audit.file";

    static DataFolder open(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            // Messages and sessions are nobody else's on this machine; a folder that is there is as its owner wants it.
            Files.createDirectories(folder, owner("rwx------"));
        }
        return new DataFolder(folder);
    }

    Path mongoFile() {
        return folder.resolve("mongo.mv.db");
    }

    Path redisFolder() throws IOException {
        return Files.createDirectories(folder.resolve("redis"));
    }

    /** Has the audit log written here, unless the operator has said where. Before anything is logged. */
    void takeAuditLog() {
        if (System.getProperty(AUDIT_FILE) == null) {
            System.setProperty(AUDIT_FILE, folder.resolve("audit.log").toString());
        }
    }

    /** Signs the tokens: made at the first start, so that tokens are good after a restart. Only the owner may read it. */
    Secret secret() throws IOException {
        Path file = folder.resolve("secret");
        if (!Files.exists(file)) {
            byte[] random = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(random);
            // Complete or not there: with half a secret the server would never start again.
            Path made = folder.resolve("secret.new");
            Files.deleteIfExists(made);
            Files.createFile(made, owner("rw-------"));
            Files.writeString(
                    made,
                    Base64.getEncoder().encodeToString(random),
                    StandardCharsets.US_ASCII,
                    StandardOpenOption.WRITE);
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Secret.of(Files.readString(file, StandardCharsets.US_ASCII).strip());
    }

    private static FileAttribute<?>[] owner(String permissions) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
