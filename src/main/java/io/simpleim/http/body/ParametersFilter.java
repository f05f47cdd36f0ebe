package io.simpleim.http.body;

import io.simpleim.api.ApiError;
import io.simpleim.api.FormDecoder;
import io.simpleim.api.Params;
import io.simpleim.api.RequestRejected;
import io.simpleim.http.RequestContext;
import io.simpleim.json.InvalidJsonException;
import io.simpleim.json.Json;
import io.simpleim.json.JsonLimits;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a call: for a GET from the query, for a POST from the buffered body, which may be JSON, a
 * form or multipart.
 */
public final class ParametersFilter extends HttpFilter {
    private static final String JSON = "application/json";
    private static final Set<String> TEXT_TYPES = Set.of(JSON, "application/x-www-form-urlencoded");
    private static final Set<String> DOCUMENTED_MEMBERS = Set.of("Header", "Body");

    private final transient JsonLimits limits;

    public ParametersFilter(JsonLimits limits) {
        this.limits = limits;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RequestContext context = RequestContext.of(request);
        if (request.getMethod().equals("POST")) {
            readBody(request, context, context.body());
        } else if (request.getQueryString() != null) {
            context.setParams(new Params(FormDecoder.decodeForm(request.getQueryString(), StandardCharsets.UTF_8)));
        }
        chain.doFilter(request, response);
    }

    private void readBody(HttpServletRequest request, RequestContext context, byte[] body) {
        String type = mediaType(request);
        if (type.equals("multipart/form-data")) {
            context.setParams(new Params(MultipartForm.decode(request.getContentType(), body)));
            return;
        }
        // Without a body, the type does not matter: a call may have no parameters.
        if (body.length > 0) {
            if (!TEXT_TYPES.contains(type)) {
                throw RequestRejected.because(ApiError.UNSUPPORTED_MEDIA_TYPE);
            }
            Charset charset = charset(request);
            read(type, FormDecoder.decodeText(body, charset), charset, context);
        }
    }

    private void read(String type, String body, Charset charset, RequestContext context) {
        if (type.equals(JSON)) {
            readJson(body, context);
        } else {
            context.setParams(new Params(FormDecoder.decodeForm(body, charset)));
        }
    }

    private void readJson(String body, RequestContext context) {
        try {
            Map<String, @Nullable Object> object = Json.readObject(body, limits);
            // The published documentation shows requests as {"Header":{"token":…},"Body":{…}}.
            if (DOCUMENTED_MEMBERS.containsAll(object.keySet()) && object.get("Body") instanceof Map<?, ?> inner) {
                context.setParams(new Params(asParams(inner)));
                context.setBodyToken(token(object.get("Header")));
            } else {
                context.setParams(new Params(object));
            }
        } catch (InvalidJsonException e) {
            throw RequestRejected.because(ApiError.MALFORMED_BODY, e);
        }
    }

    @SuppressWarnings("unchecked") // Json reads maps with text keys only.
    private static Map<String, @Nullable Object> asParams(Map<?, ?> object) {
        return (Map<String, @Nullable Object>) object;
    }

    private static @Nullable String token(@Nullable Object header) {
        return header instanceof Map<?, ?> members && members.get("token") instanceof String token ? token : null;
    }

    private static String mediaType(HttpServletRequest request) {
        String contentType = request.getContentType();
        if (contentType == null) {
            return "";
        }
        return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static Charset charset(HttpServletRequest request) {
        String name = request.getCharacterEncoding();
        try {
            Charset charset = name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
            // A form's unencoded characters have to be encoded; some character sets can only decode.
            if (charset.canEncode()) {
                return charset;
            }
            throw RequestRejected.because(ApiError.UNSUPPORTED_MEDIA_TYPE);
        } catch (IllegalArgumentException e) {
            throw RequestRejected.because(ApiError.UNSUPPORTED_MEDIA_TYPE);
        }
    }
}
