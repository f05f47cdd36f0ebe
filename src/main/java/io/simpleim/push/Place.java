package io.simpleim.push;

/**
 * The numbers that a frame covers in a stream, both ends included. A message covers its own number; a gap event covers the
 * messages that it stands for.
 */
public record Place(StreamKey stream, long first, long last) {
    /** The place of one element. */
    static Place of(StreamKey stream, long seq) {
        return new Place(stream, seq, seq);
    }
}
