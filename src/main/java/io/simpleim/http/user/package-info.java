/** The endpoints below {@code /user} and {@code /u/user}. */
@NullMarked
package io.simpleim.http.user;

import org.jspecify.annotations.NullMarked;
