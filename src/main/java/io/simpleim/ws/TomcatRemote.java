package io.simpleim.ws;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tomcat's side of a session, for what the WebSocket API does not offer: sending a text that is encoded already, and
 * flushing a batch without blocking. The API's {@code flushBatch()} holds the thread while a client does not read, which
 * would make one client everybody's matter; without batches each frame costs a write to the network.
 *
 * <p>Tomcat 10.1 and 11 have one method behind all their sends, which does both and is not public: it is called by
 * reflection. Where it is not found, frames are sent by the API alone ({@link WsTransport}), only dearer. Thread-safe as
 * far as the session is: one send at a time.
 */
final class TomcatRemote {
    private static final Logger log = LoggerFactory.getLogger(TomcatRemote.class);

    /** {@code org.apache.tomcat.websocket.Constants.OPCODE_TEXT} and {@code INTERNAL_OPCODE_FLUSH}. */
    private static final byte TEXT = 1;

    private static final byte FLUSH = 24;
    private static final ClassValue<Access> ACCESS = new ClassValue<>() {
        @Override
        protected Access computeValue(Class<?> remoteType) {
            return Access.of(remoteType);
        }
    };

    private final RemoteEndpoint.Async api;
    private final Object remote;
    private final MethodHandle startMessage;

    private TomcatRemote(RemoteEndpoint.Async api, Object remote, MethodHandle startMessage) {
        this.api = api;
        this.remote = remote;
        this.startMessage = startMessage;
    }

    /** How to get from the API's object to Tomcat's; both null if that cannot be done. */
    private record Access(@Nullable Field base, @Nullable MethodHandle startMessage) {
        static Access of(Class<?> remoteType) {
            try {
                Field base = field(remoteType);
                Method start = base.getType()
                        .getDeclaredMethod(
                                "startMessage", byte.class, ByteBuffer.class, boolean.class, SendHandler.class);
                base.setAccessible(true);
                start.setAccessible(true);
                MethodType type = MethodType.methodType(
                        void.class, Object.class, byte.class, ByteBuffer.class, boolean.class, SendHandler.class);
                return new Access(base, MethodHandles.lookup().unreflect(start).asType(type));
            } catch (ReflectiveOperationException | RuntimeException e) {
                log.warn(
                        "This container's WebSockets are not as we know them: frames are sent one by one ({})",
                        e.toString());
                return new Access(null, null);
            }
        }

        private static Field field(Class<?> remoteType) throws NoSuchFieldException {
            for (Class<?> type = remoteType; type != null; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (field.getName().equals("base")) {
                        return field;
                    }
                }
            }
            throw new NoSuchFieldException(remoteType.getName() + ".base");
        }
    }

    /** Tomcat's side of a session; null if this is another container, or a Tomcat that is made otherwise. */
    static @Nullable TomcatRemote of(Session session) {
        RemoteEndpoint.Async api = session.getAsyncRemote();
        Access access = ACCESS.get(api.getClass());
        if (access.base() == null || access.startMessage() == null) {
            return null;
        }
        try {
            return new TomcatRemote(api, access.base().get(api), access.startMessage());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Between {@code true} and {@code false}, what is sent is gathered until it is flushed. */
    void setBatching(boolean batching) throws IOException {
        api.setBatchingAllowed(batching);
    }

    /** Starts to send a text; the handler is told of the outcome once, on any thread. */
    void sendText(ByteBuffer utf8, SendHandler handler) {
        start(TEXT, utf8, handler);
    }

    /** Starts to write what has been gathered. */
    void flush(SendHandler handler) {
        start(FLUSH, null, handler);
    }

    private void start(byte opCode, @Nullable ByteBuffer payload, SendHandler handler) {
        try {
            startMessage.invokeExact(remote, opCode, payload, true, handler);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
