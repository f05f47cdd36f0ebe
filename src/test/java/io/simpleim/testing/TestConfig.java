package io.simpleim.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A minimal configuration, with the settings that have no default. */
public final class TestConfig {
    /** Signs the tokens of a server under test. */
    public static final String SECRET = "a-secret-for-tests-only-0123456789abcdef";

    private TestConfig() {}

    /** Writes the two INI files. */
    static void write(Path folder, TestStores stores) throws IOException {
        Files.createDirectories(folder);
        Files.write(
                folder.resolve("db_config.ini"),
                List.of(
                        "[mongo]",
                        "address = " + stores.mongoAddress(),
                        "database = simpleim",
                        "[redis]",
                        "address = " + stores.redisAddress()));
        Files.write(folder.resolve("sys_config.ini"), List.of("[login]", "secret = " + SECRET));
    }
}
