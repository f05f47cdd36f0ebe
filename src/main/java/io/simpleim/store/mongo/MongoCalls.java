package io.simpleim.store.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import io.simpleim.model.StoreObserver;
import io.simpleim.model.StoreUnavailableException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Every call to the store goes through here, one instance a collection: failures that pass by themselves become {@link
 * StoreUnavailableException}, all others are defects and stay what they are; an observer is told what became of it.
 * Thread-safe.
 */
final class MongoCalls {
    /** The server's code for a value that a unique index has already. */
    static final int DUPLICATE_KEY = 11000;

    private static final List<Class<? extends MongoException>> PASSING = List.of(
            MongoSocketException.class,
            MongoTimeoutException.class,
            MongoServerUnavailableException.class,
            MongoConnectionPoolClearedException.class,
            MongoNotPrimaryException.class,
            MongoNodeIsRecoveringException.class,
            MongoWriteConcernException.class,
            MongoSecurityException.class,
            MongoInterruptedException.class);

    private final String collection;
    private final StoreObserver observer;

    MongoCalls(String collection, StoreObserver observer) {
        this.collection = collection;
        this.observer = observer;
    }

    /** @param operation what the observer is to call it */
    <T> T call(String operation, Supplier<T> call) {
        long start = System.nanoTime();
        RuntimeException failure = null;
        try {
            return call.get();
        } catch (RuntimeException e) {
            failure = mapped(e);
            throw failure;
        } finally {
            observer.called(collection, operation, failure, System.nanoTime() - start);
        }
    }

    void run(String operation, Runnable call) {
        call(operation, () -> {
            call.run();
            return Boolean.TRUE;
        });
    }

    private static RuntimeException mapped(RuntimeException e) {
        return e instanceof MongoException failure && isPassing(failure)
                ? new StoreUnavailableException("MongoDB", failure)
                : e;
    }

    /** Whether a bulk write met taken values and nothing else: then all that was not refused is stored and safe. */
    static boolean isOnlyDuplicates(MongoBulkWriteException e) {
        return e.getWriteConcernError() == null
                && !e.getWriteErrors().isEmpty()
                && e.getWriteErrors().stream().allMatch(error -> error.getCode() == DUPLICATE_KEY);
    }

    private static boolean isPassing(MongoException e) {
        return PASSING.stream().anyMatch(type -> type.isInstance(e))
                || (e instanceof MongoBulkWriteException bulk && bulk.getWriteConcernError() != null)
                || e.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)
                || e.hasErrorLabel("RetryableWriteError");
    }
}
