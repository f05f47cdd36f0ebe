package io.simpleim.examples;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A user's browser at the example's shop, reduced to its cookie. Not thread-safe. */
final class ShopUser {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI shop;
    private String cookie = "";

    /** A visitor who is not logged in. */
    ShopUser(URI shop) {
        this.shop = shop;
    }

    static ShopUser loggedIn(URI shop, String name, String password) {
        ShopUser user = new ShopUser(shop);
        HttpResponse<String> answer = user.post("login", "user=" + name + "&password=" + password);
        user.cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        return user;
    }

    /** A visitor with a forged session cookie. */
    static ShopUser withSession(URI shop, String session) {
        ShopUser user = new ShopUser(shop);
        user.cookie = "shop_session=" + session;
        return user;
    }

    HttpResponse<String> post(String path, String form) {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /** Requests a new chat token. */
    String chatToken() {
        return JsonParser.parseString(post("chat-token", "").body())
                .getAsJsonObject()
                .get("token")
                .getAsString();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(shop.resolve("/" + path)).timeout(Duration.ofSeconds(20));
        return cookie.isEmpty() ? request : request.header("Cookie", cookie);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
