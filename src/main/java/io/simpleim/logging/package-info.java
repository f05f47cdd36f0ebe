/** What {@code logback.xml} names: files that others cannot read, and lines that nobody can forge. Alone knows Logback. */
@NullMarked
package io.simpleim.logging;

import org.jspecify.annotations.NullMarked;
