package io.simpleim.http;

import io.simpleim.api.Reply;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * An endpoint of the REST API. Translates and nothing else: the filters have checked the method, read the parameters and
 * found the session; whatever is thrown is answered by the first filter.
 */
public abstract class JsonServlet extends HttpServlet {
    /** Carries the request out. */
    protected abstract Reply handle(RequestContext context);

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RequestContext context = RequestContext.of(request);
        EnvelopeWriter.success(request, response, context, handle(context));
    }
}
