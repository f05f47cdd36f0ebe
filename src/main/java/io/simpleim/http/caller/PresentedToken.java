package io.simpleim.http.caller;

import io.simpleim.api.FormDecoder;
import io.simpleim.http.RequestContext;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the token of a request in the places that the contract defines. */
public final class PresentedToken {
    private static final String BEARER = "Bearer ";
    private static final String SUBPROTOCOL = "token.";

    private PresentedToken() {}

    /** The token of a REST call: in a header, or in the documented {@code Header} of the body. */
    public static Optional<String> ofCall(HttpServletRequest request, RequestContext context) {
        return ofHeaders(request).or(() -> nonBlank(context.bodyToken()));
    }

    /** The token of a WebSocket handshake: in a header, in a subprotocol (browsers cannot set headers) or in the query. */
    public static Optional<String> ofHandshake(HttpServletRequest request) {
        return ofHeaders(request).or(() -> ofSubprotocols(request)).or(() -> ofQuery(request));
    }

    private static Optional<String> ofHeaders(HttpServletRequest request) {
        return nonBlank(request.getHeader("token")).or(() -> ofAuthorization(request));
    }

    private static Optional<String> ofAuthorization(HttpServletRequest request) {
        String value = request.getHeader("Authorization");
        if (value == null || !value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.empty();
        }
        return nonBlank(value.substring(BEARER.length()));
    }

    private static Optional<String> ofSubprotocols(HttpServletRequest request) {
        String offered = request.getHeader("Sec-WebSocket-Protocol");
        if (offered == null) {
            return Optional.empty();
        }
        return Arrays.stream(offered.split(","))
                .map(String::strip)
                .filter(name -> name.startsWith(SUBPROTOCOL))
                .map(name -> name.substring(SUBPROTOCOL.length()))
                .filter(token -> !token.isEmpty())
                .findFirst();
    }

    private static Optional<String> ofQuery(HttpServletRequest request) {
        String query = request.getQueryString();
        if (query == null) {
            return Optional.empty();
        }
        return FormDecoder.decodeForm(query, StandardCharsets.UTF_8).get("token") instanceof String token
                ? nonBlank(token)
                : Optional.empty();
    }

    private static Optional<String> nonBlank(@Nullable String value) {
        return Optional.ofNullable(value).map(String::strip).filter(token -> !token.isEmpty());
    }
}
