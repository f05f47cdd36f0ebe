/** Authentication of users by tokens and of partners by keys. The only package that uses java-jwt. */
@NullMarked
package io.simpleim.auth;

import org.jspecify.annotations.NullMarked;
