import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

/** Prints the pushes to a user: {@code java Listen.java ws://localhost:8080/u/user/connect TOKEN}. Needs only a JDK. */
public class Listen implements WebSocket.Listener {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final StringBuilder frame = new StringBuilder();

    public static void main(String[] args) throws InterruptedException {
        Listen listener = new Listen();
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("token", args[1])
                .buildAsync(URI.create(args[0]), listener)
                .join();
        System.out.println("connected");
        listener.closed.await();
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        frame.append(part);
        if (last) {
            System.out.println(frame);
            frame.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        System.out.println("closed: " + code + " " + reason);
        closed.countDown();
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        System.out.println("broken: " + error);
        closed.countDown();
    }
}
