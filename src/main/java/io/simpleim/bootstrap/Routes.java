package io.simpleim.bootstrap;

import io.simpleim.config.Limits;
import io.simpleim.config.ServerConfig;
import io.simpleim.http.ByteBudget;
import io.simpleim.http.body.BodyBufferingFilter;
import io.simpleim.http.caller.AllowedOrigins;
import io.simpleim.http.filter.AddressRateFilter;
import io.simpleim.http.filter.AvailabilityFilter;
import io.simpleim.http.filter.CorsFilter;
import io.simpleim.http.filter.HandshakeFilter;
import io.simpleim.http.filter.MethodFilter;
import io.simpleim.http.filter.OperatorFilter;
import io.simpleim.http.filter.OriginFilter;
import io.simpleim.http.filter.PagesFilter;
import io.simpleim.http.filter.ParametersFilter;
import io.simpleim.http.filter.PartnerFilter;
import io.simpleim.http.filter.RequestFilter;
import io.simpleim.http.filter.SecurityHeadersFilter;
import io.simpleim.http.filter.TokenFilter;
import io.simpleim.http.filter.UnnamedProxyFilter;
import io.simpleim.http.filter.UserRateFilter;
import io.simpleim.http.health.LiveServlet;
import io.simpleim.http.health.ReadyServlet;
import io.simpleim.http.operator.MetricsServlet;
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
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which servlet answers on which path, and what a request passes before: the API at a glance. */
final class Routes {
    private static final String GET = "GET, HEAD";
    private static final String HANDSHAKE = "GET";
    private static final String POST = "POST";
    private static final String CONNECT = "/u/user/connect";
    private static final String SINGLE_MESSAGE = "/rm/room/single_message";
    private static final String ROOM_MESSAGE = "/rm/room/room_message";

    private final ServletContext context;
    private final Services services;
    private final Limits limits;
    private final AllowedOrigins origins;
    private final boolean hasDemo;
    private final Map<String, String> methods = new LinkedHashMap<>();
    private final List<String> withParameters = new ArrayList<>();
    private final List<String> withToken = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private final List<String> withPartnerKey = new ArrayList<>();

    Routes(ServletContext context, Services services, Limits limits, ServerConfig.Web web) {
        this.context = context;
        this.services = services;
        this.limits = limits;
        this.origins = new AllowedOrigins(web.allowedOrigins());
        this.hasDemo = web.demo().orElse(false);
    }

    void register() throws DeploymentException {
        partner("/user/get_login_token", new LoginTokenServlet(services.session.logins));
        partner("/user/get_session_list", new SessionListServlet(services.session.sessions));
        partner("/user/end_sessions", new EndSessionsServlet(services.session.sessions));
        user(GET, "/u/user/get_session_list", new OwnSessionListServlet(services.session.sessions));
        user(POST, "/u/user/end_sessions", new EndOwnSessionsServlet(services.session.sessions));
        user(POST, "/u/user/login_out", new LoginOutServlet(services.session.logins));
        user(POST, SINGLE_MESSAGE, new SingleMessageServlet(services.chat.messages));
        change("/rm/room/create_room", new CreateRoomServlet(services.room.rooms));
        change("/rm/room/enter_room", new EnterRoomServlet(services.room.rooms));
        change("/rm/room/invite_user_enter_room", new InviteServlet(services.room.rooms));
        change("/rm/room/exit_room", new ExitRoomServlet(services.room.rooms));
        change("/rm/room/kick_out_room", new KickServlet(services.room.rooms));
        change("/rm/room/set_room_name", new RoomNameServlet(services.room.names));
        user(HANDSHAKE + ", " + POST, ROOM_MESSAGE, new RoomMessageServlet(services.chat.messages));
        user(GET, "/rm/room/get_room_list", new RoomListServlet(services.conversation.conversations));
        user(GET, "/rm/room/get_room_member_list", new MemberListServlet(services.conversation.members));
        user(GET, "/rm/room/get_room_message_list", new MessageListServlet(services.chat.history));
        open("/health/live", new LiveServlet());
        open("/health/ready", new ReadyServlet(services.admission.health));
        open("/metrics", new MetricsServlet(services.metrics));
        methods.put(CONNECT, HANDSHAKE);
        drainFirst();

        filters(ByteBudget.ofHeap());
        webSockets();
        letOthersWait();
    }

    private void filters(ByteBudget budget) {
        everywhere("securityHeaders", new SecurityHeadersFilter());
        everywhere("request", new RequestFilter(budget, services.metrics, services.audit, methods.keySet()));
        // Not for partners' calls: browsers have no business there. Once: what it says stays when a request comes
        // again.
        map("cors", new CorsFilter(origins), EnumSet.of(DispatcherType.REQUEST), withToken);
        filter("pages", new PagesFilter(hasDemo), PagesFilter.PATHS);
        filter("readBody", readBody(budget), List.of("/*"));
        filter("unnamedProxy", new UnnamedProxyFilter(), List.of("/*"));
        filter("availability", new AvailabilityFilter(services.admission.availability), exceptOperators());
        filter("method", new MethodFilter(methods), methods.keySet());
        List<String> webSockets = List.of(CONNECT, ROOM_MESSAGE);
        filter("handshakeRate", new AddressRateFilter(services.admission.handshakeRate), webSockets);
        filter("origin", new OriginFilter(origins), webSockets);
        filter("handshake", handshake(), webSockets);
        filter("loginRate", new AddressRateFilter(services.admission.loginRate), withPartnerKey);
        filter("partner", new PartnerFilter(services.partnerGate), withPartnerKey);
        filter("operator", new OperatorFilter(services.partnerGate), List.of("/metrics"));
        filter("body", new ParametersFilter(jsonLimits()), withParameters);
        // The second one finds the session already where the first one has been.
        filter(
                "sender",
                new TokenFilter(services.session.authenticator::authenticateSender),
                List.of(SINGLE_MESSAGE, ROOM_MESSAGE));
        filter("token", new TokenFilter(services.session.authenticator::authenticate), withToken);
        filter("changeRate", new UserRateFilter(services.admission.frameRate), changes);
    }

    private HandshakeFilter handshake() {
        return new HandshakeFilter(
                services.session.authenticator, services.admission.connections, services.metrics, services.audit);
    }

    private BodyBufferingFilter readBody(ByteBudget budget) {
        Duration within = Duration.ofSeconds(limits.bodySeconds());
        return new BodyBufferingFilter(
                Set.copyOf(withParameters), limits.maxBodyBytes(), within, budget, services.metrics, services.audit);
    }

    /** The container's own servlets, for files: a request with a body that comes slowly may go to them too. */
    private void letOthersWait() {
        for (ServletRegistration registration :
                context.getServletRegistrations().values()) {
            if (registration instanceof ServletRegistration.Dynamic own) {
                own.setAsyncSupported(true);
            }
        }
    }

    private JsonLimits jsonLimits() {
        return new JsonLimits(limits.jsonDepth(), limits.jsonMembers());
    }

    /** A call for partners' back ends. */
    private void partner(String path, HttpServlet servlet) {
        servlet(POST, path, servlet);
        withParameters.add(path);
        withPartnerKey.add(path);
    }

    /** A call for users who are logged in. */
    private void user(String allowed, String path, HttpServlet servlet) {
        servlet(allowed, path, servlet);
        withParameters.add(path);
        withToken.add(path);
    }

    /** A call by which a user changes who is where: each tells all members, and the store much. */
    private void change(String path, HttpServlet servlet) {
        user(POST, path, servlet);
        changes.add(path);
    }

    /** A call for everybody. */
    private void open(String path, HttpServlet servlet) {
        servlet(GET, path, servlet);
    }

    private void servlet(String allowed, String path, HttpServlet servlet) {
        ServletRegistration.Dynamic registration = context.addServlet(path, servlet);
        registration.addMapping(path);
        registration.setAsyncSupported(true);
        methods.put(path, allowed);
    }

    /** For what the container answers by itself too, by way of a page for errors. */
    private void everywhere(String name, Filter filter) {
        map(
                name,
                filter,
                EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR),
                List.of("/*"));
    }

    /** For requests as they come, and once more with their body. */
    private void filter(String name, Filter filter, Collection<String> paths) {
        map(name, filter, EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), paths);
    }

    /** Filters run in the order in which they are registered, and before the container's own WebSocket filter. */
    private void map(String name, Filter filter, EnumSet<DispatcherType> when, Collection<String> paths) {
        FilterRegistration.Dynamic registration = context.addFilter(name, filter);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(when, false, paths.toArray(String[]::new));
    }

    private List<String> exceptOperators() {
        return methods.keySet().stream()
                .filter(path -> !path.startsWith("/health/") && !path.equals("/metrics"))
                .toList();
    }

    /** Connections are still open when the container ends its servlets, and closed when it ends the application. */
    private void drainFirst() {
        context.addServlet("drain", new DrainServlet(services::drain)).setLoadOnStartup(1);
    }

    private void webSockets() throws DeploymentException {
        ServerContainer container = (ServerContainer) context.getAttribute(ServerContainer.class.getName());
        if (container == null) {
            throw new IllegalStateException("The servlet container has no WebSocket support (JSR 356)");
        }
        WsContext shared = services.connection.endpoints(limits, jsonLimits(), services.metrics, services.audit);
        container.addEndpoint(Endpoints.at(CONNECT, ConnectEndpoint.class, () -> new ConnectEndpoint(shared)));
        container.addEndpoint(
                Endpoints.at(ROOM_MESSAGE, RoomMessageEndpoint.class, () -> new RoomMessageEndpoint(shared)));
    }
}
