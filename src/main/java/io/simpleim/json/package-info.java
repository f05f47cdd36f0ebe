/** Writes JSON, and reads it within limits. Start with {@link io.simpleim.json.Json}. The only package that uses Gson. */
@NullMarked
package io.simpleim.json;

import org.jspecify.annotations.NullMarked;
