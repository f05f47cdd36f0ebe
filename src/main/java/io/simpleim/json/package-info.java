/** Reads and writes JSON, within limits. The only package that uses Gson. */
@NullMarked
package io.simpleim.json;

import org.jspecify.annotations.NullMarked;
