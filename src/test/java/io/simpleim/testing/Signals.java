package io.simpleim.testing;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Sends signals to processes that a test has started. */
public final class Signals {
    private Signals() {}

    /** Freezes a process: its connections stay open and nothing is answered. */
    public static void stop(Process process) {
        send("STOP", process);
    }

    /** Resumes a frozen process. */
    public static void goOn(Process process) {
        send("CONT", process);
    }

    private static void send(String name, Process process) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill -" + name + " of process " + process.pid() + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
