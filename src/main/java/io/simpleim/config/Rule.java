package io.simpleim.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * A rule about two settings of a section that are valid on their own.
 *
 * @param setting the setting to change if the rule is broken
 * @param other the setting that it does not fit
 * @param violation completes the sentence "expected …" if a configuration breaks the rule, and is empty otherwise
 */
public record Rule(Setting<?> setting, Setting<?> other, Function<ServerConfig, Optional<String>> violation) {}
