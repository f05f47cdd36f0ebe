package io.simpleim.standalone;

import java.util.logging.LogManager;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;

/**
 * {@code java -jar simpleim-standalone.jar}: runs the server, or the embedded stores alone.
 *
 * <p>Neither this class nor the commands have a logger of their own: logging is set up with the first one that is asked
 * for, and by then {@link DataFolder#takeAuditLog} has to have been called.
 */
@CommandLine.Command(
        name = "simpleim",
        description = "An instant-messaging server with embedded stores.",
        mixinStandardHelpOptions = true,
        subcommands = StoresCommand.class)
public final class Launcher extends ServeCommand {
    public static void main(String[] args) {
        // Read once, when Tomcat's classes are loaded: what an idle connection keeps for writing.
        System.setProperty("org.apache.tomcat.websocket.DEFAULT_BUFFER_SIZE", "1024");
        LogManager.getLogManager().reset();
        SLF4JBridgeHandler.install();
        int status = new CommandLine(new Launcher())
                .setExecutionExceptionHandler(new PlainErrors())
                .execute(args);
        if (status != 0) {
            System.exit(status);
        }
    }
}
