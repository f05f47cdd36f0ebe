/** The endpoints below {@code /rm/room}. */
@NullMarked
package io.simpleim.http.room;

import org.jspecify.annotations.NullMarked;
