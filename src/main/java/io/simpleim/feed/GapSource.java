package io.simpleim.feed;

import io.simpleim.event.MessagePush;
import io.simpleim.push.StreamKey;
import java.util.List;

/** Reads the messages of a gap from the store. Implementations are thread-safe and may block. */
public interface GapSource {
    /**
     * The stored messages of a stream between two numbers, both excluded, in order.
     *
     * @throws io.simpleim.model.StoreUnavailableException if the store is out of reach; the caller tries again
     */
    List<MessagePush> between(StreamKey stream, long afterSeq, long beforeSeq);
}
