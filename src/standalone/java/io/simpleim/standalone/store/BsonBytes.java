package io.simpleim.standalone.store;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;

/**
 * Documents as BSON bytes, which is how they are stored, in memory as in the file. The library changes documents in
 * place and hands them to encoders on other threads; since each read decodes a copy of its own, neither a commit nor an
 * answer can ever see one that is being changed.
 */
final class BsonBytes {
    private static final int TYPICAL_SIZE = 512;

    private BsonBytes() {}

    static byte[] encode(Map<String, ?> document) {
        ByteBuf buffer = Unpooled.buffer(TYPICAL_SIZE);
        BsonEncoder.encodeDocument(document, buffer);
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }

    static Document decode(byte[] bytes) {
        return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bytes));
    }
}
