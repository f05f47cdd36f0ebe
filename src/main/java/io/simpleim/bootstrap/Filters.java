package io.simpleim.bootstrap;

import io.simpleim.audit.FailureReporter;
import io.simpleim.config.LimitsSection;
import io.simpleim.config.ServerConfig;
import io.simpleim.config.WebSection;
import io.simpleim.http.ByteBudget;
import io.simpleim.http.RequestReporter;
import io.simpleim.http.body.BodyBufferingFilter;
import io.simpleim.http.body.ParametersFilter;
import io.simpleim.http.caller.AllowedOrigins;
import io.simpleim.http.filter.AddressRateFilter;
import io.simpleim.http.filter.AvailabilityFilter;
import io.simpleim.http.filter.CorsFilter;
import io.simpleim.http.filter.HandshakeFilter;
import io.simpleim.http.filter.MethodFilter;
import io.simpleim.http.filter.OperatorFilter;
import io.simpleim.http.filter.OriginFilter;
import io.simpleim.http.filter.PagesFilter;
import io.simpleim.http.filter.PartnerFilter;
import io.simpleim.http.filter.RequestFilter;
import io.simpleim.http.filter.SecurityHeadersFilter;
import io.simpleim.http.filter.TokenFilter;
import io.simpleim.http.filter.UnnamedProxyFilter;
import io.simpleim.http.filter.UserRateFilter;
import io.simpleim.http.route.BodyPolicy;
import io.simpleim.http.route.CallerKind;
import io.simpleim.http.route.Rate;
import io.simpleim.http.route.Route;
import io.simpleim.json.JsonLimits;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Registers the filters in the order in which requests pass them. The paths of each filter follow from the routes. All
 * filters run before the container's own WebSocket filter.
 */
final class Filters {
    private static final List<String> ALL_PATHS = List.of("/*");

    /** A request when it arrives. */
    private static final EnumSet<DispatcherType> ONCE = EnumSet.of(DispatcherType.REQUEST);
    /** A request when it arrives, and again once its body is complete. */
    private static final EnumSet<DispatcherType> ALSO_WITH_BODY =
            EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC);
    /** Includes the container's error pages. */
    private static final EnumSet<DispatcherType> ALWAYS =
            EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);

    private final ServletContext context;
    private final Services services;
    private final ServerConfig config;
    private final boolean hasDemo;
    private final AllowedOrigins origins;
    private final RequestReporter reporter;
    private final ByteBudget budget = ByteBudget.ofHeap();

    Filters(ServletContext context, Services services, ServerConfig config, FailureReporter failures) {
        this.context = context;
        this.services = services;
        this.config = config;
        this.hasDemo = config.get(WebSection.DEMO).orElse(false);
        this.origins = new AllowedOrigins(config.get(WebSection.ALLOWED_ORIGINS));
        this.reporter = new RequestReporter(failures, services.metrics, services.audit);
    }

    void register(List<Route> routes) {
        registerForAll(routes);
        registerForHandshakes(paths(routes, Route::isWebSocket));
        registerForCalls(routes.stream().filter(Route::hasCalls).toList());
    }

    private void registerForAll(List<Route> routes) {
        List<String> withParameters = paths(routes, route -> route.hasCalls() && route.body() == BodyPolicy.PARAMETERS);
        add("securityHeaders", new SecurityHeadersFilter(), ALWAYS, ALL_PATHS);
        add("request", new RequestFilter(budget, reporter, paths(routes, route -> true)), ALWAYS, ALL_PATHS);
        // Not for partners' calls, which do not come from browsers. The headers stay set when a request is dispatched
        // again.
        add(
                "cors",
                new CorsFilter(origins),
                ONCE,
                paths(routes, route -> route.hasCalls() && route.caller().isUser()));
        add("pages", new PagesFilter(hasDemo), ALSO_WITH_BODY, PagesFilter.PATHS);
        add("readBody", bodyBuffering(withParameters), ALSO_WITH_BODY, ALL_PATHS);
        add("unnamedProxy", new UnnamedProxyFilter(), ALSO_WITH_BODY, ALL_PATHS);
        add(
                "availability",
                new AvailabilityFilter(services.admission.availability),
                ALSO_WITH_BODY,
                paths(routes, route -> route.caller().isApiCaller()));
        Map<String, List<String>> methods = routes.stream().collect(Collectors.toMap(Route::path, Route::methods));
        add("method", new MethodFilter(methods), ALSO_WITH_BODY, methods.keySet());
    }

    private void registerForHandshakes(List<String> webSockets) {
        add("handshakeRate", new AddressRateFilter(services.admission.handshakeRate), ALSO_WITH_BODY, webSockets);
        add("origin", new OriginFilter(origins), ALSO_WITH_BODY, webSockets);
        HandshakeFilter handshake =
                new HandshakeFilter(services.session.authenticator, services.admission.connections, reporter);
        add("handshake", handshake, ALSO_WITH_BODY, webSockets);
    }

    private void registerForCalls(List<Route> calls) {
        JsonLimits jsonLimits =
                new JsonLimits(config.get(LimitsSection.JSON_DEPTH), config.get(LimitsSection.JSON_MEMBERS));
        forCalls(calls, "loginRate", new AddressRateFilter(services.admission.loginRate), limitedBy(Rate.LOGINS));
        forCalls(calls, "partner", new PartnerFilter(services.partnerGate), calledBy(CallerKind.PARTNER));
        forCalls(calls, "operator", new OperatorFilter(services.partnerGate), calledBy(CallerKind.OPERATOR));
        forCalls(calls, "parameters", new ParametersFilter(jsonLimits), route -> route.body() == BodyPolicy.PARAMETERS);
        forCalls(
                calls,
                "sender",
                new TokenFilter(services.session.authenticator::authenticateSender),
                calledBy(CallerKind.SENDER));
        forCalls(
                calls,
                "token",
                new TokenFilter(services.session.authenticator::authenticate),
                calledBy(CallerKind.USER));
        forCalls(calls, "changeRate", new UserRateFilter(services.admission.frameRate), limitedBy(Rate.CHANGES));
    }

    private static Predicate<Route> calledBy(CallerKind kind) {
        return route -> route.caller() == kind;
    }

    private static Predicate<Route> limitedBy(Rate rate) {
        return route -> route.rate() == rate;
    }

    private BodyBufferingFilter bodyBuffering(Collection<String> bodyPaths) {
        Duration timeout = Duration.ofSeconds(config.get(LimitsSection.BODY_SECONDS));
        return new BodyBufferingFilter(bodyPaths, config.get(LimitsSection.MAX_BODY_BYTES), timeout, budget, reporter);
    }

    private static List<String> paths(List<Route> routes, Predicate<Route> condition) {
        return routes.stream().filter(condition).map(Route::path).toList();
    }

    private void forCalls(List<Route> calls, String name, Filter filter, Predicate<Route> condition) {
        add(name, filter, ALSO_WITH_BODY, paths(calls, condition));
    }

    private void add(String name, Filter filter, EnumSet<DispatcherType> when, Collection<String> paths) {
        FilterRegistration.Dynamic registration = context.addFilter(name, filter);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(when, false, paths.toArray(String[]::new));
    }
}
