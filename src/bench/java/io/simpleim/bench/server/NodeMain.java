package io.simpleim.bench.server;

import io.simpleim.config.source.ConfigLoader;
import java.nio.file.Path;
import java.util.logging.LogManager;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The server as one node of several, over stores elsewhere; settings, their addresses among them, come from the
 * environment. Arguments: anything, and a folder.
 */
final class NodeMain {
    private NodeMain() {}

    public static void main(String[] args) throws Exception {
        LogManager.getLogManager().reset();
        SLF4JBridgeHandler.install();
        ImMain.serve(ConfigLoader.defaults(System.getenv()), Path.of(args[1]));
    }
}
