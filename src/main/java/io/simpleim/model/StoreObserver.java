package io.simpleim.model;

import org.jspecify.annotations.Nullable;

/** Observes every call to a store. Implementations are thread-safe and return quickly, since callers wait for them. */
public interface StoreObserver {
    /** Ignores all calls. */
    StoreObserver NONE = (target, operation, failure, nanos) -> {};

    /**
     * A call has ended.
     *
     * @param target what was called, such as a collection; one of a small set
     * @param operation one of a small set
     * @param failure null after a success; a {@link StoreUnavailableException} if the store is unreachable
     * @param nanos time that the caller waited
     */
    void called(String target, String operation, @Nullable RuntimeException failure, long nanos);
}
