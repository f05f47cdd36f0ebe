package io.simpleim.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record whose members are written in {@code UpperCamelCase}, as the two published lists require. Other records are
 * written in {@code snake_case}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface UpperCamel {}
