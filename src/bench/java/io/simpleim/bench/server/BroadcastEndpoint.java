package io.simpleim.bench.server;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Registers a WebSocket session as a listener of the broadcast. */
final class BroadcastEndpoint extends Endpoint {
    private final Broadcast broadcast;
    private volatile @Nullable Listener listener;

    BroadcastEndpoint(Broadcast broadcast) {
        this.broadcast = broadcast;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        Listener opened = new Listener(session);
        listener = opened;
        broadcast.add(opened);
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        broadcast.remove(Objects.requireNonNull(listener));
    }

    /** Without extensions, like the measured server. */
    static final class Instances extends ServerEndpointConfig.Configurator {
        private final Broadcast broadcast;

        Instances(Broadcast broadcast) {
            this.broadcast = broadcast;
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(new BroadcastEndpoint(broadcast));
        }

        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            return List.of();
        }
    }
}
