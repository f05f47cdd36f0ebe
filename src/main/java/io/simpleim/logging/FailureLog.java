package io.simpleim.logging;

import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reports on the console why the log cannot be written, such as a file that cannot be opened or a full disk. Each part of
 * the log is reported once, when it first fails; the server keeps running. Thread-safe.
 */
public final class FailureLog implements StatusListener {
    private final Set<Object> reported = ConcurrentHashMap.newKeySet();

    @Override
    public void addStatusEvent(Status status) {
        Object origin = status.getOrigin() == null ? this : status.getOrigin();
        if (status.getLevel() >= Status.ERROR && reported.add(origin)) {
            String why = status.getThrowable() == null ? "" : " " + status.getThrowable();
            System.err.println("The log cannot be written as it should: " + status.getMessage() + why);
        }
    }
}
