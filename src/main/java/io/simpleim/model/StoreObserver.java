package io.simpleim.model;

import org.jspecify.annotations.Nullable;

/** Is told of every call to a store. Implementations are thread-safe, and quick: callers wait for them. */
public interface StoreObserver {
    /** Takes no notice. */
    StoreObserver NONE = (target, operation, failure, nanos) -> {};

    /**
     * A call is over.
     *
     * @param target what was asked, one of few: a collection's name, say
     * @param operation what was asked of it, one of few
     * @param failure null if it was answered; {@link StoreUnavailableException} if the store is out of reach
     * @param nanos how long the caller has waited
     */
    void called(String target, String operation, @Nullable RuntimeException failure, long nanos);
}
