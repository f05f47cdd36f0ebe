package io.simpleim.bootstrap;

import static io.simpleim.http.route.CallerKind.ANYONE;
import static io.simpleim.http.route.CallerKind.OPERATOR;
import static io.simpleim.http.route.CallerKind.PARTNER;
import static io.simpleim.http.route.CallerKind.SENDER;
import static io.simpleim.http.route.CallerKind.USER;
import static io.simpleim.http.route.Rate.CHANGES;
import static io.simpleim.http.route.Rate.LOGINS;
import static io.simpleim.http.route.Route.get;
import static io.simpleim.http.route.Route.post;
import static io.simpleim.http.route.Route.webSocket;

import io.simpleim.audit.FailureReporter;
import io.simpleim.config.LimitsSection;
import io.simpleim.config.ServerConfig;
import io.simpleim.http.operator.LiveServlet;
import io.simpleim.http.operator.MetricsServlet;
import io.simpleim.http.operator.ReadyServlet;
import io.simpleim.http.room.CreateRoomServlet;
import io.simpleim.http.room.EnterRoomServlet;
import io.simpleim.http.room.ExitRoomServlet;
import io.simpleim.http.room.InviteServlet;
import io.simpleim.http.room.KickServlet;
import io.simpleim.http.room.MemberListServlet;
import io.simpleim.http.room.MessageListServlet;
import io.simpleim.http.room.RoomListServlet;
import io.simpleim.http.room.RoomMessageServlet;
import io.simpleim.http.room.RoomNameServlet;
import io.simpleim.http.room.SingleMessageServlet;
import io.simpleim.http.route.Route;
import io.simpleim.http.user.EndOwnSessionsServlet;
import io.simpleim.http.user.EndSessionsServlet;
import io.simpleim.http.user.LoginOutServlet;
import io.simpleim.http.user.LoginTokenServlet;
import io.simpleim.http.user.OwnSessionListServlet;
import io.simpleim.http.user.SessionListServlet;
import io.simpleim.json.JsonLimits;
import io.simpleim.ws.ConnectEndpoint;
import io.simpleim.ws.Endpoints;
import io.simpleim.ws.RoomMessageEndpoint;
import io.simpleim.ws.WsContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.util.List;

/** The API at a glance: one line per path. {@link Filters} derives the filters of each path from it. */
final class Routes {
    private final ServletContext context;
    private final Services services;
    private final ServerConfig config;
    private final FailureReporter failures;

    Routes(ServletContext context, Services services, ServerConfig config) {
        this.context = context;
        this.services = services;
        this.config = config;
        this.failures = new FailureReporter(services.metrics, services.audit);
    }

    private List<Route> table() {
        WsContext ws = webSocketContext();
        return List.of(
                post("/user/get_login_token")
                        .from(PARTNER)
                        .rate(LOGINS)
                        .to(new LoginTokenServlet(services.session.logins)),
                post("/user/get_session_list")
                        .from(PARTNER)
                        .rate(LOGINS)
                        .to(new SessionListServlet(services.session.sessions)),
                post("/user/end_sessions")
                        .from(PARTNER)
                        .rate(LOGINS)
                        .to(new EndSessionsServlet(services.session.sessions)),
                webSocket("/u/user/connect", ConnectEndpoint.class, () -> new ConnectEndpoint(ws)),
                get("/u/user/get_session_list").from(USER).to(new OwnSessionListServlet(services.session.sessions)),
                post("/u/user/end_sessions").from(USER).to(new EndOwnSessionsServlet(services.session.sessions)),
                post("/u/user/login_out").from(USER).to(new LoginOutServlet(services.session.logins)),
                post("/rm/room/create_room").from(USER).rate(CHANGES).to(new CreateRoomServlet(services.room.rooms)),
                post("/rm/room/enter_room").from(USER).rate(CHANGES).to(new EnterRoomServlet(services.room.rooms)),
                post("/rm/room/invite_user_enter_room")
                        .from(USER)
                        .rate(CHANGES)
                        .to(new InviteServlet(services.room.rooms)),
                post("/rm/room/exit_room").from(USER).rate(CHANGES).to(new ExitRoomServlet(services.room.rooms)),
                post("/rm/room/kick_out_room").from(USER).rate(CHANGES).to(new KickServlet(services.room.rooms)),
                post("/rm/room/set_room_name").from(USER).rate(CHANGES).to(new RoomNameServlet(services.room.names)),
                post("/rm/room/single_message").from(SENDER).to(new SingleMessageServlet(services.chat.messages)),
                post("/rm/room/room_message")
                        .orWebSocket(RoomMessageEndpoint.class, () -> new RoomMessageEndpoint(ws))
                        .from(SENDER)
                        .to(new RoomMessageServlet(services.chat.messages)),
                get("/rm/room/get_room_list").from(USER).to(new RoomListServlet(services.conversation.conversations)),
                get("/rm/room/get_room_member_list")
                        .from(USER)
                        .to(new MemberListServlet(services.conversation.members)),
                get("/rm/room/get_room_message_list").from(USER).to(new MessageListServlet(services.chat.history)),
                get("/health/live").from(ANYONE).to(new LiveServlet()),
                get("/health/ready").from(ANYONE).to(new ReadyServlet(services.admission.health)),
                get("/metrics").from(OPERATOR).to(new MetricsServlet(services.metrics)));
    }

    /** Registers servlets, filters and WebSocket endpoints with the container. */
    void register() throws DeploymentException {
        List<Route> routes = table();
        for (Route route : routes) {
            if (route.servlet() != null) {
                context.addServlet(route.path(), route.servlet()).addMapping(route.path());
            }
        }
        registerDrain();
        new Filters(context, services, config, failures).register(routes);
        registerWebSockets(routes);
        enableAsyncForAllServlets();
    }

    /** Includes the container's own servlets for files: a request for a file may have a slow body too. */
    private void enableAsyncForAllServlets() {
        for (ServletRegistration registration :
                context.getServletRegistrations().values()) {
            if (registration instanceof ServletRegistration.Dynamic servlet) {
                servlet.setAsyncSupported(true);
            }
        }
    }

    /** The container destroys its servlets before it closes connections and the application, so the drain runs first. */
    private void registerDrain() {
        context.addServlet("drain", new DrainServlet(services::drain)).setLoadOnStartup(1);
    }

    private void registerWebSockets(List<Route> routes) throws DeploymentException {
        ServerContainer container = (ServerContainer) context.getAttribute(ServerContainer.class.getName());
        if (container == null) {
            throw new IllegalStateException("The servlet container has no WebSocket support (JSR 356)");
        }
        for (Route route : routes) {
            Route.WebSocket endpoint = route.webSocket();
            if (endpoint != null) {
                container.addEndpoint(Endpoints.at(route.path(), endpoint.type(), endpoint.instances()));
            }
        }
    }

    private WsContext webSocketContext() {
        JsonLimits json = new JsonLimits(config.get(LimitsSection.JSON_DEPTH), config.get(LimitsSection.JSON_MEMBERS));
        return services.connection.endpoints(config, json, services.metrics, failures);
    }
}
