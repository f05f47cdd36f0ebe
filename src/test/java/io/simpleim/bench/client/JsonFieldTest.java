package io.simpleim.bench.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonFieldTest {
    private final JsonField seq = new JsonField("seq");
    private final JsonField roomId = new JsonField("room_id");

    @Test
    void findsAFieldAnywhere() {
        assertThat(number("{\"seq\":7,\"room_id\":\"r\"}")).isEqualTo(7);
        assertThat(number("{\"seq\":8,\"room_id\":\"r\"}")).isEqualTo(8);
        assertThat(number("{\"room_id\":\"r\",\"seq\":12345}")).isEqualTo(12_345);
        assertThat(number("{}")).isEqualTo(-1);
    }

    @Test
    void doesNotMistakeTextForAField() {
        assertThat(number("{\"message_data\":\"\\\"seq\\\":6\",\"seq\":9}")).isEqualTo(9);
    }

    @Test
    void readsText() {
        byte[] bytes = ByteText.ascii("{\"seq\":7,\"room_id\":\"abc\"}");

        assertThat(roomId.text(bytes, 0, bytes.length)).isEqualTo("abc");
    }

    private long number(String json) {
        byte[] bytes = ByteText.ascii(json);
        return seq.number(bytes, 0, bytes.length, -1);
    }
}
