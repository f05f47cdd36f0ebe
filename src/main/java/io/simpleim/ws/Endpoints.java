package io.simpleim.ws;

import jakarta.websocket.Endpoint;
import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.function.Supplier;

/** Builds registrations of endpoints: one instance per connection, and no extensions. */
public final class Endpoints {
    /** Browsers offer this subprotocol together with their token; the server selects it. */
    private static final String SUBPROTOCOL = "im.v1";

    private Endpoints() {}

    /**
     * The registration of an endpoint at a path.
     *
     * @param instances makes the endpoint of a new connection
     */
    public static ServerEndpointConfig at(String path, Class<? extends Endpoint> type, Supplier<Endpoint> instances) {
        return ServerEndpointConfig.Builder.create(type, path)
                .subprotocols(List.of(SUBPROTOCOL))
                .configurator(new Instances(instances))
                .build();
    }

    private static final class Instances extends ServerEndpointConfig.Configurator {
        private final Supplier<Endpoint> instances;

        Instances(Supplier<Endpoint> instances) {
            this.instances = instances;
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(instances.get());
        }

        /** No compression: it would cost each connection about 100 KiB of buffers. */
        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            return List.of();
        }
    }
}
