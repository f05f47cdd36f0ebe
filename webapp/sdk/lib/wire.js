/** Converts values from the wire format to the application's objects. */

export function isMessage(push) {
  return push.event === undefined && push.message_type < 10_000 && push.seq > 0;
}

export function messageFromPush(push, userId) {
  return {
    roomId: push.room_id,
    roomType: push.room_type ?? 0,
    seq: push.seq,
    messageId: push.message_id,
    senderId: push.send_user_id,
    own: push.send_user_id === userId,
    text: push.message_data,
    type: push.message_type,
    createdAt: push.created_at,
  };
}

export function messageFromHistory(item, roomType, userId) {
  return {
    roomId: item.RoomId,
    roomType,
    seq: item.Seq,
    messageId: item.MessageId,
    senderId: item.SendUserId,
    own: item.SendUserId === userId,
    text: item.MessageData,
    type: item.MessageType,
    createdAt: item.CreateAt,
  };
}

/** An own message, built from the outbox entry and the data of its answer. */
export function messageFromAnswer(entry, data, roomType, userId) {
  return {
    roomId: data.room_id,
    roomType,
    seq: data.seq,
    messageId: data.message_id,
    senderId: userId,
    own: true,
    text: entry.text,
    type: entry.type,
    createdAt: data.created_at,
    clientMsgId: entry.clientMsgId,
  };
}

export function conversationFromItem(item) {
  return {
    roomId: item.RoomId,
    roomType: item.RoomType,
    name: item.Name ?? "",
    peerUserId: item.PeerUserId ?? "",
    hostUserId: item.RoomHostUserId ?? "",
    memberCount: item.MemberCount,
    lastSeq: item.LastSeq,
    readSeq: item.ReadSeq,
    unread: item.Unread,
    lastText: item.LastMessageData ?? "",
    lastSenderId: item.LastUserId ?? "",
    updatedAt: item.LastMessageUpdatedAt,
    createdAt: item.CreateAt,
  };
}

export function memberFromItem(item) {
  const readSeq = item.ReadSeq === undefined ? {} : { readSeq: item.ReadSeq };
  return { userId: item.UserId, isHost: item.IsHost, ...readSeq, joinedAt: item.CreateAt };
}

export function sessionFromItem(item) {
  return {
    sessionId: item.session_id,
    createdAt: item.created_at,
    expiresAt: item.expires_at,
    current: item.current === true,
  };
}

const EVENTS = {
  read: ["read", (push) => ({ roomId: push.room_id, userId: push.user_id, seq: push.seq })],
  typing: ["typing", (push) => ({ roomId: push.room_id, userId: push.user_id })],
  member_joined: ["memberJoined", membership],
  member_left: ["memberLeft", membership],
  room_updated: ["roomUpdated", roomChange],
  gap: ["gap", (push) => ({ roomId: push.room_id, afterSeq: push.after_seq, beforeSeq: push.before_seq })],
  room_dismissed: ["roomDismissed", (push) => ({ roomId: push.room_id })],
};

function membership(push) {
  return { roomId: push.room_id, userId: push.user_id, byUserId: push.by_user_id };
}

function roomChange({ room_id: roomId, room_host_user_id: hostUserId, name }) {
  return { roomId, ...(hostUserId === undefined ? {} : { hostUserId }), ...(name === undefined ? {} : { name }) };
}

/** @returns the name and the detail of the event for a push that is not a message */
export function eventFromPush(push) {
  if (!Object.hasOwn(EVENTS, push.event ?? "")) {
    return ["push", push];
  }
  const [name, detail] = EVENTS[push.event];
  return [name, detail(push)];
}
