/**
 * The values that settings hold: what a setting accepts ({@link io.simpleim.config.value.Format}), secrets that print as
 * redacted, and the texts that may be shown in messages. Everything here is immutable.
 */
@NullMarked
package io.simpleim.config.value;

import org.jspecify.annotations.NullMarked;
