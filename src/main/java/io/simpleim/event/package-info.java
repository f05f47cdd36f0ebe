/**
 * The wire catalogue of pushes: messages, events and close codes. Nothing here sends anything.
 *
 * <p>Promise: names, numbers and the order of members stay as published. Start with {@link
 * io.simpleim.event.PushType}. A new event is a record in {@link io.simpleim.event.PushEvent} and its constant in {@code
 * PushType}.
 */
@NullMarked
package io.simpleim.event;

import org.jspecify.annotations.NullMarked;
