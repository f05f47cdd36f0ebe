package io.simpleim.ws;

import io.simpleim.push.Frame;
import java.nio.ByteBuffer;
import java.util.List;

/** Encodes text frames for the wire (RFC 6455, section 5.2): unfragmented and, like all server frames, unmasked. */
final class WireFrames {
    private static final byte FINAL_TEXT = (byte) 0x81;
    private static final int MAX_IN_7_BITS = 125;
    private static final int MAX_IN_16_BITS = 0xFFFF;
    private static final byte IN_16_BITS = 126;
    private static final byte IN_64_BITS = 127;

    private WireFrames() {}

    /** All frames, one after the other. */
    static ByteBuffer of(List<Frame> frames) {
        int size = 0;
        for (Frame frame : frames) {
            size += headerSize(frame.size()) + frame.size();
        }
        ByteBuffer wire = ByteBuffer.allocate(size);
        for (Frame frame : frames) {
            putHeader(wire, frame.size());
            wire.put(frame.payload());
        }
        return wire.flip();
    }

    private static int headerSize(int length) {
        if (length <= MAX_IN_7_BITS) {
            return 2;
        }
        return 2 + (length <= MAX_IN_16_BITS ? Short.BYTES : Long.BYTES);
    }

    private static void putHeader(ByteBuffer wire, int length) {
        wire.put(FINAL_TEXT);
        if (length <= MAX_IN_7_BITS) {
            wire.put((byte) length);
        } else if (length <= MAX_IN_16_BITS) {
            wire.put(IN_16_BITS).putShort((short) length);
        } else {
            wire.put(IN_64_BITS).putLong(length);
        }
    }
}
