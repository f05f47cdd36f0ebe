/** Views of an outbox entry: as a frame, as the application sees it, and as it is stored. */

/** Messages of one target are sent one after another. */
export function targetOf(entry) {
  return entry.toUserId === undefined ? `room ${entry.roomId}` : `user ${entry.toUserId}`;
}

export function toFrame({ toUserId, roomId, text, type, clientMsgId }) {
  const message = { message: text, client_msg_id: clientMsgId, ...(type === 1 ? {} : { message_type: type }) };
  return toUserId === undefined
    ? { op: "room_message", room_id: roomId, ...message }
    : { op: "single_message", to_user_id: toUserId, ...message };
}

/** @returns a copy for the application */
export function toOutgoing({ clientMsgId, roomId, toUserId, text, type, status, queuedAt, error }) {
  const all = { clientMsgId, roomId, toUserId, text, type, status, queuedAt, error };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** @returns a copy that can be written as JSON */
export function toStored(entry) {
  const { error } = entry;
  return {
    ...entry,
    error: error && { code: error.code, text: error.message, parameter: error.parameter, status: error.status },
  };
}
