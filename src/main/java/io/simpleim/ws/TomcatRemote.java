package io.simpleim.ws;

import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tomcat's implementation of a session's remote endpoint, used to write several frames at once without blocking. The
 * WebSocket API has no such call: {@code flushBatch()} blocks the thread while one client does not read, and without
 * batching every frame costs a write to the network.
 *
 * <p>Tomcat 10.1 and 11 send everything through one method, {@code doWrite}, guarded by one semaphore. Both are reached by
 * reflection. If they are missing, or Tomcat is sending something itself (such as a pong), {@link WsTransport} sends the
 * frames one by one through the API, at a higher cost. Thread-safe; one send at a time.
 */
final class TomcatRemote {
    private static final Logger log = LoggerFactory.getLogger(TomcatRemote.class);
    private static final MethodType WRITE =
            MethodType.methodType(void.class, Object.class, SendHandler.class, long.class, ByteBuffer[].class);
    private static final ClassValue<Access> ACCESS = new ClassValue<>() {
        @Override
        protected Access computeValue(Class<?> remoteType) {
            return Access.of(remoteType);
        }
    };

    private final Object remote;
    private final Semaphore sending;
    private final MethodHandle write;

    private TomcatRemote(Object remote, Semaphore sending, MethodHandle write) {
        this.remote = remote;
        this.sending = sending;
        this.write = write;
    }

    /** How to get from the API's object to Tomcat's; all null if this container is not a Tomcat that we know. */
    private record Access(
            @Nullable Field base,
            @Nullable Field sending,
            @Nullable MethodHandle write) {
        static Access of(Class<?> remoteType) {
            try {
                Field base = field(remoteType, "base");
                Field sending = field(base.getType(), "messagePartInProgress");
                return new Access(base, sending, write(base.getType()));
            } catch (ReflectiveOperationException | RuntimeException e) {
                log.warn(
                        "This container's WebSocket implementation is unknown: frames are sent one by one ({})",
                        e.toString());
                return new Access(null, null, null);
            }
        }

        private static Field field(Class<?> owner, String name) throws NoSuchFieldException {
            for (Class<?> type = owner; type != null; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (field.getName().equals(name)) {
                        field.setAccessible(true);
                        return field;
                    }
                }
            }
            throw new NoSuchFieldException(owner.getName() + "." + name);
        }

        /** Newer versions take a blocking flag and an expiry; older ones take -1 instead of an expiry for non-blocking. */
        private static MethodHandle write(Class<?> base) throws ReflectiveOperationException {
            MethodHandle handle;
            try {
                handle = MethodHandles.insertArguments(
                        handle(base, SendHandler.class, boolean.class, long.class, ByteBuffer[].class), 2, false);
            } catch (NoSuchMethodException e) {
                MethodHandle untimed = MethodHandles.insertArguments(
                        handle(base, SendHandler.class, long.class, ByteBuffer[].class), 2, -1L);
                handle = MethodHandles.dropArguments(untimed, 2, long.class);
            }
            return handle.asType(WRITE);
        }

        private static MethodHandle handle(Class<?> base, Class<?>... parameters) throws ReflectiveOperationException {
            Method method = base.getDeclaredMethod("doWrite", parameters);
            method.setAccessible(true);
            return MethodHandles.lookup().unreflect(method).asFixedArity();
        }
    }

    /** Tomcat's remote of a session; null for another container or an unknown version of Tomcat. */
    static @Nullable TomcatRemote of(Session session) {
        Object api = session.getAsyncRemote();
        Access access = ACCESS.get(api.getClass());
        if (access.base() == null || access.sending() == null || access.write() == null) {
            return null;
        }
        try {
            Object remote = access.base().get(api);
            return new TomcatRemote(remote, (Semaphore) access.sending().get(remote), access.write());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Starts to write frames that are encoded for the wire.
     *
     * @param expiresAtMillis when the write times out, in Unix milliseconds
     * @param handler called once with the outcome, on any thread, if this returns true
     * @return false if Tomcat is sending something else; then nothing is written
     */
    boolean write(ByteBuffer frames, long expiresAtMillis, SendHandler handler) {
        if (!sending.tryAcquire()) {
            return false;
        }
        Outcome outcome = new Outcome(sending, handler);
        try {
            write.invokeExact(remote, (SendHandler) outcome, expiresAtMillis, new ByteBuffer[] {frames});
        } catch (Throwable e) {
            outcome.onResult(new SendResult(e));
        }
        return true;
    }

    /** Releases the semaphore before it reports the outcome, which may start the next send. */
    private static final class Outcome implements SendHandler {
        private final Semaphore sending;
        private final SendHandler handler;
        private final AtomicBoolean isReported = new AtomicBoolean();

        Outcome(Semaphore sending, SendHandler handler) {
            this.sending = sending;
            this.handler = handler;
        }

        @Override
        public void onResult(SendResult result) {
            if (!isReported.getAndSet(true)) {
                sending.release();
                handler.onResult(result);
            }
        }
    }
}
