import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A shop with its own users that lets them chat: run {@code java PartnerBackend.java}, then open http://localhost:3000 in two
 * browsers. Needs only a JDK. README.md lists the environment variables.
 *
 * <p>Copy {@link Chat}, the call {@code /chat-token}, and {@link #SCRIPT} for the page. Replace {@link Shop} with your own
 * login.
 */
public class PartnerBackend {
    /** The address of SimpleIM for this back end, and for browsers. */
    private static final String IM = env("SIMPLEIM_URL", "http://localhost:8080");

    private static final String IM_OF_BROWSERS = env("SIMPLEIM_PUBLIC_URL", IM);
    private static final String PARTNER_KEY = env("SIMPLEIM_PARTNER_KEY", "");
    private static final int PORT = Integer.parseInt(env("PORT", "3000"));
    private static final int THREADS = 16;

    private final Shop shop = new Shop();
    private final Chat chat = new Chat();

    public static void main(String[] args) throws IOException {
        PartnerBackend backend = new PartnerBackend();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT), 0);
        server.setExecutor(Executors.newFixedThreadPool(THREADS));
        server.createContext("/", exchange -> backend.handle(exchange));
        server.start();
        System.out.println(
                "The shop is open at http://localhost:" + server.getAddress().getPort());
    }

    private static String env(String name, String ifAbsent) {
        String value = System.getenv(name);
        return value == null || value.isEmpty() ? ifAbsent : value.replaceAll("/+$", "");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
                case "GET /" -> answer(exchange, 200, "text/html;charset=UTF-8", PAGE);
                case "GET /chat.js" ->
                    answer(exchange, 200, "text/javascript;charset=UTF-8", SCRIPT.replace("IM_URL", IM_OF_BROWSERS));
                case "GET /favicon.ico" -> answer(exchange, 204);
                case "POST /chat-token" -> chatToken(exchange);
                case "POST /login" -> login(exchange);
                case "POST /logout" -> logout(exchange);
                case "POST /password" -> changePassword(exchange);
                default -> answer(exchange, 404);
            }
        } catch (NotNow e) {
            exchange.getResponseHeaders().set("Retry-After", String.valueOf(e.seconds));
            answer(exchange, 503);
        } catch (Exception e) {
            // The message contains neither keys nor tokens.
            System.err.println(exchange.getRequestURI().getPath() + ": " + e);
            answer(exchange, 500);
        } finally {
            exchange.close();
        }
    }

    /** A token for the user who is logged in here; the request cannot name another one. */
    private void chatToken(HttpExchange exchange) throws Exception {
        String user = shop.user(exchange);
        if (user == null) {
            answer(exchange, 401);
            return;
        }
        String token = chat.token(user);
        if (token == null) {
            answer(exchange, 403);
        } else {
            answer(exchange, 200, "application/json", "{\"token\":\"" + token + "\"}");
        }
    }

    private void login(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(exchange);
        answer(exchange, shop.login(exchange, form.get("user"), form.get("password")) ? 204 : 401);
    }

    private void logout(HttpExchange exchange) throws IOException {
        shop.logout(exchange);
        answer(exchange, 204);
    }

    /** Anybody who knew the old password is logged out of the shop and of the chat. */
    private void changePassword(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(exchange);
        String user = shop.changePassword(exchange, form.get("old"), form.get("new"));
        if (user != null) {
            chat.endSessions(user);
        }
        answer(exchange, user == null ? 401 : 204);
    }

    /** The calls to SimpleIM: the only place that has the partner key. */
    private static class Chat {
        private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");
        private static final Pattern ERROR = Pattern.compile("\"error\":\"([^\"]+)\"");

        /** Maximum time that a browser's request waits here; for longer waits the browser tries again. */
        private static final int MOST_SECONDS = 2;

        private final HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();

        /**
         * A token for one browser or app of a user; null if the user is banned. Tokens are not kept: each opens a session of
         * its own, and its holder acts as the user.
         */
        String token(String user) throws NotNow, InterruptedException {
            String answer = call("/user/get_login_token", user);
            Matcher token = TOKEN.matcher(answer);
            return token.find() ? token.group(1) : null;
        }

        /** Ends all of a user's sessions, on every device, and retries until it is done. Keep a table of these if they must survive a restart. */
        void endSessions(String user) {
            try {
                call("/user/end_sessions", user);
            } catch (NotNow e) {
                later.schedule(() -> endSessions(user), Math.max(1, e.seconds), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private String call(String path, String user) throws NotNow, InterruptedException {
            try {
                return post(path, user);
            } catch (NotNow e) {
                if (e.seconds > MOST_SECONDS) {
                    throw e;
                }
                TimeUnit.SECONDS.sleep(e.seconds);
                return post(path, user);
            }
        }

        private String post(String path, String user) throws NotNow, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(URI.create(IM + path))
                    .timeout(Duration.ofSeconds(5))
                    .header("X-Partner-Key", PARTNER_KEY)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "user_id=" + URLEncoder.encode(user, StandardCharsets.UTF_8)))
                    .build();
            HttpResponse<String> answer;
            try {
                answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            } catch (IOException e) {
                throw new NotNow(1);
            }
            // 429: too many at once from one address. 503: a store is unreachable, or the server is stopping. Both pass.
            if (answer.statusCode() == 429 || answer.statusCode() == 503) {
                String seconds = answer.headers().firstValue("Retry-After").orElse("");
                throw new NotNow(seconds.matches("[0-9]{1,5}") ? Long.parseLong(seconds) : 1);
            }
            Matcher error = ERROR.matcher(answer.body());
            if (answer.statusCode() != 200 || (error.find() && !error.group(1).startsWith("user_"))) {
                throw new IllegalStateException("SimpleIM answered " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        }
    }

    /** Not possible now: try again after this number of seconds. */
    private static class NotNow extends Exception {
        private final long seconds;

        NotNow(long seconds) {
            this.seconds = seconds;
        }
    }

    /** REPLACE THIS with your own login. This one knows two users, keeps passwords in clear text, and forgets everything. */
    private static class Shop {
        private static final String COOKIE = "shop_session";
        private final Map<String, String> passwords =
                new ConcurrentHashMap<>(Map.of("alice", "wonderland", "bob", "builder"));
        private final Map<String, String> sessions = new ConcurrentHashMap<>();

        /** The user who is logged in; null if nobody is. */
        String user(HttpExchange exchange) {
            return sessions.get(session(exchange));
        }

        boolean login(HttpExchange exchange, String user, String password) {
            if (user == null || password == null || !password.equals(passwords.get(user))) {
                return false;
            }
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            String session = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            sessions.put(session, user);
            // Use https in production and add: Secure.
            exchange.getResponseHeaders()
                    .set("Set-Cookie", COOKIE + "=" + session + "; Path=/; HttpOnly; SameSite=Strict");
            return true;
        }

        void logout(HttpExchange exchange) {
            sessions.remove(session(exchange));
        }

        /** Ends the user's other sessions here. Returns the user, or null if nobody is logged in or the old password is wrong. */
        String changePassword(HttpExchange exchange, String old, String changed) {
            String user = user(exchange);
            if (user == null || old == null || changed == null || !passwords.replace(user, old, changed)) {
                return null;
            }
            String own = session(exchange);
            sessions.entrySet()
                    .removeIf(other ->
                            other.getValue().equals(user) && !other.getKey().equals(own));
            return user;
        }

        private static String session(HttpExchange exchange) {
            String cookies = exchange.getRequestHeaders().getFirst("Cookie");
            Matcher found = Pattern.compile("(?:^|; )" + COOKIE + "=([^;]*)").matcher(cookies == null ? "" : cookies);
            return found.find() ? found.group(1) : "";
        }
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readNBytes(4096), StandardCharsets.UTF_8);
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&")) {
            String[] parts = pair.split("=", 2);
            form.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        answer(exchange, status, "text/plain", "");
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        // Nobody may cache a token, or a page with an old address.
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Content-Security-Policy", contentSecurityPolicy());
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    /** A page with its own policy has to allow the SDK's script, its calls and its WebSocket. */
    private static String contentSecurityPolicy() {
        String im = IM_OF_BROWSERS.replaceAll("(://[^/]+).*", "$1");
        String webSockets = im.replaceFirst("^http", "ws");
        return "default-src 'self'; script-src 'self' " + im + "; connect-src 'self' " + im + " " + webSockets
                + "; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
    }

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>A shop with a chat</title>
            <h1>A shop with a chat</h1>
            <form id="login">
              <input name="user" placeholder="alice or bob" autocomplete="username" required>
              <input name="password" type="password" placeholder="wonderland or builder" autocomplete="current-password" required>
              <button>Log in</button>
            </form>
            <section id="chat" hidden>
              <p>You are <b id="me"></b>, <span id="state"></span>. <button id="logout">Log out</button></p>
              <ol id="messages"></ol>
              <form id="send">
                <input name="to" placeholder="To whom" required>
                <input name="text" placeholder="What" required>
                <button>Send</button>
              </form>
            </section>
            <script type="module" src="/chat.js"></script>
            """;

    private static final String SCRIPT = """
            import { SimpleIM } from "IM_URL/sdk/simpleim.js";

            const $ = (selector) => document.querySelector(selector);

            // A page gets tokens from its own back end, and never from SimpleIM.
            async function getToken() {
              const answer = await fetch("/chat-token", { method: "POST" });
              if (answer.status === 401 || answer.status === 403) {
                return null; // Nobody is logged in, or may chat: the client stops.
              }
              if (!answer.ok) {
                throw new Error(`status ${answer.status}`); // Not now: the client tries again.
              }
              return (await answer.json()).token;
            }

            const im = new SimpleIM({ url: "IM_URL/", getToken });
            im.on("state", ({ state }) => {
              $("#state").textContent = state;
            });
            im.on("message", ({ senderId, text }) => {
              const item = document.createElement("li");
              item.textContent = `${senderId}: ${text}`; // Never as HTML: it is what a user has written.
              $("#messages").append(item);
            });
            $("#send").addEventListener("submit", (event) => {
              event.preventDefault();
              const { to, text } = event.target.elements;
              im.sendToUser(to.value, text.value).catch((error) => alert(error.message));
              text.value = "";
            });
            // That is all. What follows is the shop's own login.

            async function enter() {
              await im.connect().catch(() => {}); // Stopped: there was no token.
              $("#me").textContent = im.userId;
              $("#chat").hidden = im.userId === null;
              $("#login").hidden = im.userId !== null;
            }
            $("#login").addEventListener("submit", async (event) => {
              event.preventDefault();
              const body = new URLSearchParams(new FormData(event.target));
              const answer = await fetch("/login", { method: "POST", body });
              await (answer.ok ? enter() : alert("No such user, or another password"));
            });
            $("#logout").addEventListener("click", async () => {
              await im.logout();
              await fetch("/logout", { method: "POST" });
              location.reload();
            });
            await enter();
            """;
}
