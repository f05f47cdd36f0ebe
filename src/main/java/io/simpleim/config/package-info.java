/**
 * The configuration: read once at start-up, checked as a whole, and handed on as one immutable {@link
 * io.simpleim.config.ServerConfig}.
 *
 * <pre>
 * folder/
 *   db_config.ini    [mongo] [redis]
 *   sys_config.ini   [login] [partner] [limits]
 *     key = value    UTF-8; sections and keys in any case, each at most once
 * environment        IM_SECTION_KEY = value, upper case; beats the file, also when it is empty
 * </pre>
 *
 * <p>{@link io.simpleim.config.Settings} is the full list with defaults and ranges. A file that is missing means its
 * defaults; anything that is there and not understood stops the start. A new setting is an entry in that list, a
 * component of the record that holds it, and a line in the sample file.
 */
@NullMarked
package io.simpleim.config;

import org.jspecify.annotations.NullMarked;
