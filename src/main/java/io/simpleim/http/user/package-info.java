/**
 * The REST calls below {@code /user}, for partners' back ends, and {@code /u/user}, for users: tokens and sessions. Start
 * with {@link io.simpleim.http.user.LoginTokenServlet}.
 */
@NullMarked
package io.simpleim.http.user;

import org.jspecify.annotations.NullMarked;
