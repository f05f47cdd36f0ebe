package io.simpleim.bench.server;

import jakarta.servlet.http.HttpServlet;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Map;
import java.util.logging.LogManager;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/**
 * Runs a Tomcat with an empty servlet and a broadcasting WebSocket endpoint. Arguments: the buffer size of a connection
 * in bytes, and a folder. The standalone server's buffers have 1024 bytes, Tomcat's default is 8192.
 */
final class BareTomcatMain {
    private static final int TOMCAT_DEFAULT = 8192;

    private BareTomcatMain() {}

    public static void main(String[] args) throws Exception {
        LogManager.getLogManager().reset();
        int bufferBytes = Integer.parseInt(args[0]);
        Broadcast broadcast = new Broadcast();
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(args[1]);
        Connector connector = connector(bufferBytes);
        tomcat.setConnector(connector);
        StandardContext context = (StandardContext) tomcat.addContext("", null);
        context.addParameter("org.apache.tomcat.websocket.textBufferSize", Integer.toString(bufferBytes));
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer(
                (types, servlets) -> {
                    HttpServlet empty = new EmptyServlet();
                    servlets.addServlet("empty", empty).addMapping("/");
                    ServerContainer container =
                            (ServerContainer) servlets.getAttribute(ServerContainer.class.getName());
                    try {
                        container.addEndpoint(ServerEndpointConfig.Builder.create(BroadcastEndpoint.class, "/broadcast")
                                .configurator(new BroadcastEndpoint.Instances(broadcast))
                                .build());
                    } catch (jakarta.websocket.DeploymentException e) {
                        throw new IllegalStateException(e);
                    }
                },
                null);
        tomcat.start();
        Console.serve(
                connector.getLocalPort() + " -", Map.of("start", broadcast::start, "stop", unused -> broadcast.stop()));
        broadcast.stop();
        tomcat.stop();
        tomcat.destroy();
    }

    /** Configured like the standalone server's, except for the buffers if they have Tomcat's default size. */
    private static Connector connector(int bufferBytes) {
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        if (bufferBytes != TOMCAT_DEFAULT) {
            connector.setProperty("socket.appReadBufSize", Integer.toString(bufferBytes));
            connector.setProperty("socket.appWriteBufSize", Integer.toString(bufferBytes));
            connector.setProperty("socket.bufferPool", "0");
        }
        connector.setProperty("maxConnections", "20000");
        connector.setProperty("acceptCount", "1000");
        // As in the measured server. By default a connection is closed after 100 requests.
        connector.setProperty("maxKeepAliveRequests", "-1");
        return connector;
    }
}
