/**
 * Where the configuration comes from: finds the folder, reads the files and the environment, and reports everything
 * that is not understood. Start with {@link io.simpleim.config.source.ConfigLoader}.
 */
@NullMarked
package io.simpleim.config.source;

import org.jspecify.annotations.NullMarked;
