package io.simpleim.bench.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HttpResponseReaderTest {
    private static final String WITH_LENGTH =
            "HTTP/1.1 200 \r\nContent-Type: application/json\r\ncontent-length:  13\r\n\r\n{\"code\":200}\n";
    private static final String IN_CHUNKS = "HTTP/1.1 503 \r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
            + "7\r\n{\"code\"\r\nA\r\n:-1,\"a\":1}\r\n0\r\n\r\n";
    private static final String WITHOUT_BODY = "HTTP/1.1 101 \r\nUpgrade: websocket\r\n\r\n";

    private final HttpResponseReader answers = new HttpResponseReader();

    @Test
    void anIncompleteResponseIsNotRead() {
        for (String answer : new String[] {WITH_LENGTH, IN_CHUNKS, WITHOUT_BODY}) {
            byte[] bytes = ByteText.ascii(answer);
            for (int to = 0; to < bytes.length; to++) {
                assertThat(answers.read(bytes, 0, to))
                        .as("%d bytes of %s", to, answer)
                        .isEqualTo(-1);
            }
            assertThat(answers.read(bytes, 0, bytes.length)).isEqualTo(bytes.length);
        }
    }

    @Test
    void readsABodyOfAGivenLength() {
        byte[] bytes = ByteText.ascii(WITH_LENGTH + WITHOUT_BODY);

        assertThat(answers.read(bytes, 0, bytes.length)).isEqualTo(WITH_LENGTH.length());
        assertThat(answers.status()).isEqualTo(200);
        assertThat(answers.isLast()).isFalse();
        assertThat(ByteText.string(bytes, answers.bodyFrom(), answers.bodyTo())).isEqualTo("{\"code\":200}\n");
    }

    @Test
    void joinsChunks() {
        byte[] bytes = ByteText.ascii(IN_CHUNKS);

        assertThat(answers.read(bytes, 0, bytes.length)).isEqualTo(bytes.length);
        assertThat(answers.status()).isEqualTo(503);
        assertThat(answers.isLast()).isTrue();
        assertThat(ByteText.string(bytes, answers.bodyFrom(), answers.bodyTo())).isEqualTo("{\"code\":-1,\"a\":1}");
    }
}
