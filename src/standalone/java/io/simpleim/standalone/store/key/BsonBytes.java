package io.simpleim.standalone.store.key;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;

/**
 * Converts documents to and from BSON, the form in which they are stored in memory and in the file. The library changes
 * documents in place and passes them to encoders on other threads. Each read decodes its own copy, so neither a commit
 * nor an answer sees a document that is being changed.
 */
public final class BsonBytes {
    private static final int TYPICAL_SIZE = 512;

    private BsonBytes() {}

    public static byte[] encode(Map<String, ?> document) {
        ByteBuf buffer = Unpooled.buffer(TYPICAL_SIZE);
        BsonEncoder.encodeDocument(document, buffer);
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }

    public static Document decode(byte[] bytes) {
        return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bytes));
    }
}
