package io.simpleim.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.simpleim.api.ApiError;
import io.simpleim.api.Params;
import io.simpleim.api.RequestRejected;
import io.simpleim.catchup.SyncService;
import io.simpleim.json.InvalidJsonException;
import io.simpleim.json.Json;
import io.simpleim.model.UserId;
import io.simpleim.ws.operation.RoomPosition;
import io.simpleim.ws.operation.SyncRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whatever a frame holds, in whatever parts it comes: its fields are read or refused, up to what services are asked. */
class FrameFuzzTest {
    private static final int MAX_FRAME_BYTES = 512;

    /** @param input the lengths of the parts, up to a 0, and then the frame */
    @FuzzTest
    void aFrameIsReadOrRefused(byte[] input) {
        int end = 0;
        while (end < input.length && input[end] != 0) {
            end++;
        }
        int from = Math.min(end + 1, input.length);
        String text = new String(input, from, input.length - from, StandardCharsets.UTF_8);
        List<String> frames = new ArrayList<>();
        List<Boolean> tooLarge = new ArrayList<>();
        TextFrames parts = new TextFrames(MAX_FRAME_BYTES, frames::add, () -> tooLarge.add(true));

        handOn(text, input, end, parts);
        boolean fits = text.getBytes(StandardCharsets.UTF_8).length <= MAX_FRAME_BYTES;
        assertThat(frames).isEqualTo(fits ? List.of(text) : List.of());
        assertThat(tooLarge).hasSize(fits ? 0 : 1);

        frames.forEach(FrameFuzzTest::read);
    }

    private static void handOn(String text, byte[] lengths, int count, TextFrames parts) {
        int at = 0;
        for (int i = 0; i < count && at < text.length(); i++) {
            int to = Math.min(text.length(), at + Byte.toUnsignedInt(lengths[i]));
            parts.onMessage(text.substring(at, to), false);
            at = to;
        }
        parts.onMessage(text.substring(at), true);
    }

    private static void read(String text) {
        Map<String, @Nullable Object> frame;
        try {
            frame = Json.readObject(text);
        } catch (InvalidJsonException e) {
            return;
        }
        Params params = new Params(frame);
        unlessRefused(() -> params.required("op"));
        unlessRefused(() -> params.required("room_id"));
        unlessRefused(
                () -> assertThat(UserId.isValid(params.userId("to_user_id"))).isTrue());
        unlessRefused(() -> assertThat(RoomPosition.seq(params)).isPositive());
        unlessRefused(() -> assertThat(SyncRequest.limit(params)).isBetween(1, SyncService.MAX_PER_ROOM));
        try {
            assertThat(SyncRequest.held(params).values())
                    .allSatisfy(seq -> assertThat(seq).isNotNegative());
        } catch (RequestRejected e) {
            // Not the room in it, whose name is anything.
            assertThat(e.parameter()).isEqualTo("rooms");
        }
        unlessRefused(() -> assertThat(params.sendRequest()).satisfies(send -> {
            assertThat(send.messageType()).isBetween(1, 9999);
            assertThat(send.message()).isEqualTo(params.required("message"));
        }));
        Map<String, @Nullable Object> answer = new HashMap<>();
        answer.put("ref", FrameEndpoint.ref(frame));
        String written = Json.write(answer);
        assertThat(Json.write(Json.readObject(written))).isEqualTo(written);
    }

    private static void unlessRefused(Runnable reading) {
        try {
            reading.run();
        } catch (RequestRejected e) {
            assertThat(e.error()).isIn(ApiError.INVALID_PARAMETER, ApiError.MISSING_PARAMETER);
        }
    }
}
