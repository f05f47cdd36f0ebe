package io.simpleim.http.filter;

import io.simpleim.api.ApiError;
import io.simpleim.api.Refused;
import io.simpleim.auth.PartnerGate;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

/** Lets partners' back ends through to what is theirs alone. */
public final class PartnerFilter extends HttpFilter {
    /** Any of these says that a proxy stands between the caller and this machine's loopback. */
    private static final List<String> FORWARDED =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    private static final Pattern LOCAL_ORIGIN =
            Pattern.compile("https?://(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]+)?");

    private final transient PartnerGate gate;

    public PartnerFilter(PartnerGate gate) {
        this.gate = gate;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (gate.admit(request.getHeader("X-Partner-Key"), isLocal(request)).isEmpty()) {
            throw Refused.because(ApiError.PARTNER_KEY_REQUIRED);
        }
        chain.doFilter(request, response);
    }

    /** A page of another site in a browser on this machine: back ends send no Origin, and a page cannot leave it out. */
    private static boolean isForeignPage(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        return origin != null && !LOCAL_ORIGIN.matcher(origin).matches();
    }

    private static boolean isLocal(HttpServletRequest request) throws UnknownHostException {
        boolean forwarded =
                FORWARDED.stream().anyMatch(name -> request.getHeader(name) != null) || isForeignPage(request);
        // An address in digits: nothing is looked up.
        return !forwarded && InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
    }
}
