/**
 * What every answer has in common, over HTTP and over WebSocket: the catalogue of errors, the envelope, the texts in
 * Chinese and English, and the parameters of a request. Knows no servlet and no WebSocket session.
 */
@NullMarked
package io.simpleim.api;

import org.jspecify.annotations.NullMarked;
