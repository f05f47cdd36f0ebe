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
 * Finds the parameters: of a GET in the query, of a POST in the body, which is there as a whole, in any of its three forms.
 */
public final class ParametersFilter extends HttpFilter {
    private static final String JSON = "application/json";
    private static final Set<String> TEXT_TYPES = Set.of(JSON, "application/x-www-form-urlencoded");
    private static final Set<String> DOCUMENTED_SHAPE = Set.of("Header", "Body");

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
            context.read(new Params(FormDecoder.read(request.getQueryString(), StandardCharsets.UTF_8)), null);
        }
        chain.doFilter(request, response);
    }

    private void readBody(HttpServletRequest request, RequestContext context, byte[] body) {
        String type = mediaType(request);
        if (type.equals("multipart/form-data")) {
            context.read(new Params(MultipartForm.read(request.getContentType(), body)), null);
            return;
        }
        // A call without parameters has no body, and then its type says nothing.
        if (body.length > 0) {
            if (!TEXT_TYPES.contains(type)) {
                throw RequestRejected.because(ApiError.UNSUPPORTED_MEDIA_TYPE);
            }
            Charset charset = charset(request);
            read(type, FormDecoder.decode(body, charset), charset, context);
        }
    }

    private void read(String type, String body, Charset charset, RequestContext context) {
        if (type.equals(JSON)) {
            readJson(body, context);
        } else {
            context.read(new Params(FormDecoder.read(body, charset)), null);
        }
    }

    private void readJson(String body, RequestContext context) {
        try {
            Map<String, @Nullable Object> object = Json.readObject(body, limits);
            // The published documentation shows requests as {"Header":{"token":…},"Body":{…}}.
            if (DOCUMENTED_SHAPE.containsAll(object.keySet()) && object.get("Body") instanceof Map<?, ?> inner) {
                context.read(new Params(asParams(inner)), token(object.get("Header")));
            } else {
                context.read(new Params(object), null);
            }
        } catch (InvalidJsonException e) {
            throw RequestRejected.because(ApiError.MALFORMED_BODY, e);
        }
    }

    @SuppressWarnings("unchecked") // Json makes maps with texts as keys only.
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
            // Some can only be read, which is no use for the literal characters of a form.
            if (charset.canEncode()) {
                return charset;
            }
            throw RequestRejected.because(ApiError.UNSUPPORTED_MEDIA_TYPE);
        } catch (IllegalArgumentException e) {
            throw RequestRejected.because(ApiError.UNSUPPORTED_MEDIA_TYPE);
        }
    }
}
