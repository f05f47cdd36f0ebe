package io.simpleim.standalone;

import java.util.logging.LogManager;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;

/**
 * {@code java -jar simpleim-standalone.jar}: runs the server, or the embedded stores alone.
 *
 * <p>Neither this class nor the commands may have a logger field: the first logger initialises logging, and {@link
 * DataFolder#redirectAuditLog} must be called before that.
 */
@CommandLine.Command(
        name = "simpleim",
        description = "An instant-messaging server with embedded stores.",
        mixinStandardHelpOptions = true,
        subcommands = StoresCommand.class)
public final class Launcher extends ServeCommand {
    public static void main(String[] args) {
        // Size of an idle connection's write buffer. Tomcat reads it once, when its classes are loaded.
        System.setProperty("org.apache.tomcat.websocket.DEFAULT_BUFFER_SIZE", "1024");
        LogManager.getLogManager().reset();
        SLF4JBridgeHandler.install();
        int status = new CommandLine(new Launcher())
                .setExecutionExceptionHandler(new StartFailureHandler())
                .execute(args);
        if (status != 0) {
            System.exit(status);
        }
    }
}
