package io.simpleim.push;

import io.simpleim.concurrent.BoundedMap;
import io.simpleim.event.MessagePush;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last number of each stream that one connection has been given. Numbers that are not higher are dropped, whether
 * they are repeated by another node or by the store. Thread-safe; calls no listener while it holds its lock.
 */
final class Watermarks {
    /** Beyond this, the stream that was added first is forgotten: few streams of a connection are busy. */
    private static final int MAX_STREAMS = 4096;

    /** Covers clock differences between nodes and the rounding of times to whole seconds. */
    private static final long CLOCK_MARGIN_SECONDS = 10;

    private final long openedAt;

    /** Guarded by this. A mutable map from the first entry on: most connections are idle. */
    private Map<StreamKey, Long> lastByStream = Map.of();

    /** @param openedAt when the connection was opened, Unix seconds */
    Watermarks(long openedAt) {
        this.openedAt = openedAt;
    }

    /** Returns the frames that are new to the connection, in order, and raises the watermarks to them. */
    synchronized List<Frame> takeNew(List<Frame> frames) {
        List<Frame> fresh = null;
        // Frames of one stream mostly follow each other, so the map is read and written once per run.
        StreamKey stream = null;
        Long last = null;
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            Place place = frame.place();
            boolean isNew = true;
            if (place != null) {
                if (stream == null || !place.stream().equals(stream)) {
                    raise(stream, last);
                    stream = place.stream();
                    last = lastByStream.get(stream);
                }
                isNew = isNew(frame, place, last);
                last = isNew ? Long.valueOf(place.last()) : last;
            }
            if (!isNew && fresh == null) {
                fresh = new ArrayList<>(frames.subList(0, i));
            } else if (isNew && fresh != null) {
                fresh.add(frame);
            }
        }
        raise(stream, last);
        return fresh == null ? frames : fresh;
    }

    /** In a stream without a watermark, late messages that are older than the connection were part of its backlog. */
    private boolean isNew(Frame frame, Place place, @Nullable Long last) {
        if (last == null) {
            MessagePush late = frame.lateMessage();
            return late == null || late.createdAt() >= openedAt - CLOCK_MARGIN_SECONDS;
        }
        return place.last() > last;
    }

    private void raise(@Nullable StreamKey stream, @Nullable Long last) {
        if (stream == null || last == null) {
            return;
        }
        if (lastByStream.isEmpty()) {
            lastByStream = BoundedMap.evictingOldest(MAX_STREAMS);
        }
        lastByStream.put(stream, last);
    }
}
