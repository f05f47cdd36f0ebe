package io.simpleim.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A record whose members are written in {@code UpperCamelCase}, as in the published lists of rooms, members and messages. All
 * other records are written in {@code snake_case}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface UpperCamel {}
