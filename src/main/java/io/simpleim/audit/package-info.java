/**
 * The audit log: logins, refusals, kicks, ends of sessions and partners' calls, one JSON object per line.
 *
 * <p>Promises that each line names the request that caused it ({@link io.simpleim.audit.RequestFacts}), that no line holds
 * a token, a key or a message text, and that refusals cannot flood it. {@link io.simpleim.audit.RequestScope} carries the
 * facts down to the rules that write a line; {@link io.simpleim.audit.FailureReporter} is the one place where failures are
 * mapped, counted and audited. Start with {@link io.simpleim.audit.AuditLog}.
 */
@NullMarked
package io.simpleim.audit;

import org.jspecify.annotations.NullMarked;
