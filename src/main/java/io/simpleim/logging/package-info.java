/**
 * Extensions that {@code logback.xml} names: protected files and log lines that cannot be forged. The only package that uses
 * Logback.
 */
@NullMarked
package io.simpleim.logging;

import org.jspecify.annotations.NullMarked;
