/** What nodes tell each other. */
@NullMarked
package io.simpleim.cluster;

import org.jspecify.annotations.NullMarked;
