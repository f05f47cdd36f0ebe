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
 * Runs the calls to one collection. Temporary failures become {@link StoreUnavailableException}; any other exception is a
 * defect and passes unchanged. Every call is reported to an observer. Thread-safe.
 */
final class MongoCallRunner {
    /** The server's error code for a duplicate key in a unique index. */
    static final int DUPLICATE_KEY = 11000;

    private static final List<Class<? extends MongoException>> TEMPORARY = List.of(
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

    MongoCallRunner(String collection, StoreObserver observer) {
        this.collection = collection;
        this.observer = observer;
    }

    /** @param operation name of the operation for the observer */
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
        return e instanceof MongoException failure && isTemporary(failure)
                ? new StoreUnavailableException("MongoDB", failure)
                : e;
    }

    /** Whether a bulk write failed on duplicate keys only; then all other writes are stored durably. */
    static boolean isOnlyDuplicates(MongoBulkWriteException e) {
        return e.getWriteConcernError() == null
                && !e.getWriteErrors().isEmpty()
                && e.getWriteErrors().stream().allMatch(error -> error.getCode() == DUPLICATE_KEY);
    }

    private static boolean isTemporary(MongoException e) {
        return TEMPORARY.stream().anyMatch(type -> type.isInstance(e))
                || (e instanceof MongoBulkWriteException bulk && bulk.getWriteConcernError() != null)
                || e.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)
                || e.hasErrorLabel("RetryableWriteError");
    }
}
