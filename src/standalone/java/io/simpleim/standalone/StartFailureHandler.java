package io.simpleim.standalone;

import io.simpleim.config.ConfigException;
import java.net.BindException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Prints why the server did not start: the message of an expected exception, and a stack trace for any other. */
final class StartFailureHandler implements CommandLine.IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, CommandLine.ParseResult parsed) {
        if (thrown instanceof ConfigException || thrown instanceof IllegalStateException) {
            command.getErr().println("SimpleIM does not start. " + thrown.getMessage());
        } else if (thrown instanceof BindException) {
            command.getErr().println("SimpleIM does not start. A port is taken: " + thrown.getMessage());
        } else {
            LoggerFactory.getLogger(StartFailureHandler.class).error("SimpleIM does not start", thrown);
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }
}
