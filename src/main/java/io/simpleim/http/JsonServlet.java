package io.simpleim.http;

import io.simpleim.api.Reply;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * An endpoint of the REST API. It only translates: filters have checked the method, read the parameters and identified the
 * caller, and the first filter answers whatever is thrown.
 */
public abstract class JsonServlet extends HttpServlet {
    /** Carries out the request. */
    protected abstract Reply handle(RequestContext context);

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RequestContext context = RequestContext.of(request);
        EnvelopeWriter.writeSuccess(request, response, context, handle(context));
    }
}
