package io.simpleim.logging;

import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says on the console what keeps the log from being written, such as a file that cannot be opened or a disk that is full:
 * one line for each part of the log that fails, the first time. The server runs on. Thread-safe.
 */
public final class FailureLog implements StatusListener {
    private final Set<Object> told = ConcurrentHashMap.newKeySet();

    @Override
    public void addStatusEvent(Status status) {
        Object origin = status.getOrigin() == null ? this : status.getOrigin();
        if (status.getLevel() >= Status.ERROR && told.add(origin)) {
            String why = status.getThrowable() == null ? "" : " " + status.getThrowable();
            System.err.println("The log cannot be written as it should: " + status.getMessage() + why);
        }
    }
}
