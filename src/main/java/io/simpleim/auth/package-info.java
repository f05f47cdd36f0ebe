/** Who is calling: tokens and partner keys. The only package that knows java-jwt. */
@NullMarked
package io.simpleim.auth;

import org.jspecify.annotations.NullMarked;
