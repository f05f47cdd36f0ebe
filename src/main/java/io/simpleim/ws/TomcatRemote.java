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
 * Tomcat's side of a session, for what the WebSocket API does not offer: writing several frames at once without blocking.
 * The API's {@code flushBatch()} holds the thread while a client does not read, which would make one client everybody's
 * matter; without it each frame costs a write to the network.
 *
 * <p>Tomcat 10.1 and 11 have one method behind all that they send, {@code doWrite}, and one semaphore that whoever sends
 * holds meanwhile. Both are called by reflection. Where they are not found as they are known, or while Tomcat itself is
 * sending (the answer to a ping), frames are sent by the API alone ({@link WsTransport}), only dearer. Thread-safe as far
 * as the session is: one send at a time.
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

    /** How to get from the API's object to Tomcat's; all null if that cannot be done. */
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
                        "The WebSockets of this container are not as we know them: frames are sent one by one ({})",
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

        /** Newer versions say apart whether to block and until when to try; older ones take no time for not blocking. */
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

    /** Tomcat's side of a session; null if this is another container, or a Tomcat that is made otherwise. */
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
     * Starts to write whole frames, as they stand on the wire.
     *
     * @param expiresAtMillis Unix milliseconds until which it may take
     * @param handler told of the outcome once, on any thread, if this returns true
     * @return false if something else is being sent at this moment; then nothing is written
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

    /** Lets others send before it tells of the outcome, which may bring the next send about. */
    private static final class Outcome implements SendHandler {
        private final Semaphore sending;
        private final SendHandler handler;
        private final AtomicBoolean told = new AtomicBoolean();

        Outcome(Semaphore sending, SendHandler handler) {
            this.sending = sending;
            this.handler = handler;
        }

        @Override
        public void onResult(SendResult result) {
            if (!told.getAndSet(true)) {
                sending.release();
                handler.onResult(result);
            }
        }
    }
}
