import { t } from "../i18n.js";

/** What a conversation is called. */
export function titleOf(entry) {
  if (entry.roomType === 1) {
    return entry.peerUserId;
  }
  return entry.name || t("unnamedRoom", shortId(entry.roomId));
}

/** Enough of a room's id to tell rooms apart. It is the hex digits of a text of hex digits. */
function shortId(roomId) {
  const text = roomId.match(/../g)?.map((digits) => String.fromCharCode(parseInt(digits, 16))).join("") ?? "";
  return text.slice(0, 4).toUpperCase();
}

/** Who is typing, or an empty text. */
export function typingText(room) {
  const users = [...room.typing.keys()];
  switch (users.length) {
    case 0:
      return "";
    case 1:
      return t("typingOne", users[0]);
    case 2:
      return t("typingTwo", ...users);
    default:
      return t("typingMany");
  }
}

/** A notice in words. */
export function noticeText({ kind, userId, byUserId }, me) {
  const by = byUserId === me ? t("you") : byUserId;
  switch (kind) {
    case "joined":
      return joinedText(userId, byUserId, by, me);
    case "left":
      return leftText(userId, byUserId, by, me);
    case "kicked":
      return t("kickedYou", byUserId);
    case "host":
      return userId === me ? t("newHostYou") : t("newHost", userId);
    default:
      return t("dismissed");
  }
}

function joinedText(userId, byUserId, by, me) {
  if (userId === me) {
    return byUserId === me ? t("joinedYou") : t("invitedYou", byUserId);
  }
  return byUserId === userId ? t("joined", userId) : t("invited", by, userId);
}

function leftText(userId, byUserId, by, me) {
  if (userId === me) {
    return t("leftYou");
  }
  return byUserId === userId ? t("left", userId) : t("kicked", by, userId);
}
