/**
 * The configuration: read once at start-up, checked as a whole, and handed on as one immutable {@link
 * io.simpleim.config.ServerConfig}.
 *
 * <pre>
 * folder/
 *   db_config.ini    [mongo] [redis]
 *   sys_config.ini   [login] [partner] [web] [limits]
 *     key = value    UTF-8; sections and keys in any case, each at most once
 * environment        IM_SECTION_KEY = value, upper case; overrides the file, even with an empty value
 * </pre>
 *
 * <p>Each section is a class that declares its settings with their defaults, formats and descriptions, and the rules
 * between them; {@link io.simpleim.config.Settings} lists the sections. Code reads a value by its declaration: {@code
 * config.get(LimitsSection.CONNECTIONS)}. A missing file means defaults; anything present that is not understood stops
 * the start. A new setting is one declaration and a line in the sample file; the README's table follows.
 */
@NullMarked
package io.simpleim.config;

import org.jspecify.annotations.NullMarked;
