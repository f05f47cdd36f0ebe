package io.simpleim.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/** The server's answer to a REST call. */
public record Answer(int status, HttpHeaders headers, String body) {
    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    public JsonObject json() {
        return JsonParser.parseString(body).getAsJsonObject();
    }

    public int code() {
        return json().get("code").getAsInt();
    }

    public String msg() {
        return json().get("msg").getAsString();
    }

    /** The error's name, empty on success. */
    public String error() {
        JsonElement error = json().get("error");
        return error == null ? "" : error.getAsString();
    }

    public JsonObject data() {
        return json().getAsJsonObject("data");
    }

    public JsonArray list() {
        return json().getAsJsonArray("data");
    }

    /** A header's first value, empty if absent. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }
}
