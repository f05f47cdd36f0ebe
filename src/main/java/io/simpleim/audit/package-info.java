/** The audit log: who logged in, was refused, was put out, whose session ended, and what partners called. */
@NullMarked
package io.simpleim.audit;

import org.jspecify.annotations.NullMarked;
