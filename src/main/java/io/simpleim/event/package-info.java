/**
 * What the server pushes, as it stands on the wire: messages, events with their types, and close codes. Start with {@link
 * io.simpleim.event.PushType}.
 */
@NullMarked
package io.simpleim.event;

import org.jspecify.annotations.NullMarked;
