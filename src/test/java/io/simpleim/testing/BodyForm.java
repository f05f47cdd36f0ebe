package io.simpleim.testing;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.stream.Collectors;

/** The content types that a POST body may have. */
public enum BodyForm {
    FORM {
        @Override
        public Answer post(ImClient client, String token, String path, Map<String, ?> parameters) {
            return client.post(token, path, parameters);
        }
    },
    MULTIPART {
        @Override
        public Answer post(ImClient client, String token, String path, Map<String, ?> parameters) {
            String parts = parameters.entrySet().stream()
                    .map(part -> "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + part.getKey()
                            + "\"\r\n\r\n" + part.getValue() + "\r\n")
                    .collect(Collectors.joining());
            return client.send(client.request(path)
                    .header("token", token)
                    .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                    .POST(HttpRequest.BodyPublishers.ofString(parts + "--" + BOUNDARY + "--\r\n")));
        }
    },
    JSON {
        @Override
        public Answer post(ImClient client, String token, String path, Map<String, ?> parameters) {
            return client.postJson(token, path, parameters);
        }
    },
    /** A body as the published documentation shows it, with the token inside. */
    DOCUMENTED {
        @Override
        public Answer post(ImClient client, String token, String path, Map<String, ?> parameters) {
            JsonObject header = new JsonObject();
            header.addProperty("token", token);
            JsonObject body = new JsonObject();
            body.add("Header", header);
            body.add("Body", new Gson().toJsonTree(parameters));
            return client.postJson("", path, body.toString());
        }
    };

    private static final String BOUNDARY = "simpleim-part";

    public abstract Answer post(ImClient client, String token, String path, Map<String, ?> parameters);
}
