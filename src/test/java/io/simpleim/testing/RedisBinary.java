package io.simpleim.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import redis.embedded.core.ExecutableProvider;

/** The embedded store's redis-server, unpacked once for all tests of this JVM. */
final class RedisBinary {
    private static final Path PATH = unpack();

    private RedisBinary() {}

    static String path() {
        return PATH.toString();
    }

    private static Path unpack() {
        TempFolder folder = TempFolder.create("im-redis-binary");
        Runtime.getRuntime().addShutdownHook(new Thread(folder::close, "redis-binary-delete"));
        try {
            return ExecutableProvider.newJarResourceProvider(folder.path().toFile())
                    .get()
                    .toPath()
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
