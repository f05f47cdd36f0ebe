/**
 * Keys and values of the stored maps. {@link io.simpleim.standalone.store.key.KeyWriter} encodes values so that
 * comparing bytes compares values in MongoDB's order; a range of values is then a {@link
 * io.simpleim.standalone.store.key.KeyRange}. The encodings are part of the file format and must not change.
 */
@NullMarked
package io.simpleim.standalone.store.key;

import org.jspecify.annotations.NullMarked;
