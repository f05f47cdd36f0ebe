package io.simpleim.bench.server;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Ignores the request and returns an answer of the same shape as that to a send. */
final class EmptyServlet extends HttpServlet {
    private static final byte[] ANSWER = ("{\"code\":200,\"msg\":\"发送成功\",\"data\":{\"message_id\":\"" + "0".repeat(72)
                    + "\",\"room_id\":\"" + "0".repeat(72) + "\",\"seq\":12345,\"created_at\":1790000000}}")
            .getBytes(StandardCharsets.UTF_8);

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json;charset=UTF-8");
        response.setContentLength(ANSWER.length);
        response.getOutputStream().write(ANSWER);
    }
}
