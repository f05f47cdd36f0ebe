import { t } from "../i18n.js";

/** The display name of a conversation. */
export function titleOf(entry) {
  if (entry.roomType === 1) {
    return entry.peerUserId;
  }
  return entry.name || t("unnamedRoom", shortId(entry.roomId));
}

/** The first characters of a room id tell rooms apart. The id is a hex string, itself encoded as hex. */
function shortId(roomId) {
  const text = roomId.match(/../g)?.map((digits) => String.fromCharCode(parseInt(digits, 16))).join("") ?? "";
  return text.slice(0, 4).toUpperCase();
}

/** Says who is typing; an empty string if nobody is. */
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

/** The text of a notice. */
export function noticeText({ kind, userId, byUserId }, me) {
  switch (kind) {
    case "joined":
      return joinedText(userId, byUserId, me);
    case "left":
      return leftText(userId, byUserId, me);
    case "kicked":
      return t("kickedYou", byUserId);
    case "host":
      return userId === me ? t("newHostYou") : t("newHost", userId);
    default:
      return t("dismissed");
  }
}

function joinedText(userId, byUserId, me) {
  if (userId === me) {
    return byUserId === me ? t("joinedYou") : t("invitedYou", byUserId);
  }
  if (byUserId === userId) {
    return t("joined", userId);
  }
  return byUserId === me ? t("invitedByYou", userId) : t("invited", byUserId, userId);
}

function leftText(userId, byUserId, me) {
  if (userId === me) {
    return t("leftYou");
  }
  if (byUserId === userId) {
    return t("left", userId);
  }
  return byUserId === me ? t("kickedByYou", userId) : t("kicked", byUserId, userId);
}
