import { timeOfDay, dayHeading, dayOf, fullTime } from "../format.js";
import { errorText, language, t } from "../i18n.js";
import { el, icon, paintAvatar, screenReaderText } from "./dom.js";
import { linkify } from "./linkify.js";
import { noticeText } from "./titles.js";

/** Maximum time between two messages of the same sender that are shown as one group. */
const GROUP_SECONDS = 300;
const EMOJI_ONLY = /^(?:\p{RGI_Emoji}\s*){1,3}$/v;

/**
 * Describes the row of an item.
 *
 * @param before the previous item, or undefined
 * @param context `userId`, `isGroup`; `readers(seq)`: how many other members there are, and how many have read up to
 *   `seq`; `unreadFrom`: the first message that was unread when the conversation was opened, or 0
 */
export function rowOf(item, before, context) {
  const { message, outgoing, notice } = item;
  const senderId = message?.senderId ?? (outgoing ? context.userId : "");
  const isNewDay = !before || dayOf(before.at) !== dayOf(item.at);
  const isUnreadStart = context.unreadFrom > 0 && message?.seq === context.unreadFrom;
  return {
    item,
    senderId,
    isOwn: senderId === context.userId,
    isGroup: context.isGroup,
    isNewDay,
    isUnreadStart,
    isFirst: !notice && (isNewDay || isUnreadStart || !continues(before, senderId, item.at, context)),
    status: statusOf(item, context),
    userId: context.userId,
  };
}

function continues(before, senderId, at, context) {
  const sender = before.message?.senderId ?? (before.outgoing ? context.userId : undefined);
  return sender === senderId && at - before.at < GROUP_SECONDS;
}

/** @returns `{name, text}` for an own message, else null */
function statusOf({ message, outgoing }, { userId, readers }) {
  if (outgoing) {
    const isFailed = outgoing.status === "failed";
    return { name: outgoing.status, text: isFailed ? t("failed", errorText(outgoing.error)) : t(outgoing.status) };
  }
  if (message?.senderId !== userId) {
    return null;
  }
  const { all, count } = readers(message.seq);
  if (count === 0) {
    return { name: "stored", text: t("stored") };
  }
  return count >= all
    ? { name: "read", text: t("read") }
    : { name: "some", text: t("readBy", count, all) };
}

/** The row is rebuilt when this key changes. */
export function renderKeyOf(row) {
  return [row.isNewDay, row.isUnreadStart, row.isFirst, row.status?.name, row.status?.text, language(), row.isGroup].join();
}

/** @param {{retry: (clientMsgId: string) => void, discard: (clientMsgId: string) => void}} actions */
export function buildRow(row, actions) {
  const { item } = row;
  return el(
    "li",
    { className: classesOf(row), data: item.message ? { seq: item.message.seq } : {} },
    row.isNewDay && el("p", { className: "day" }, el("span", {}, dayHeading(item.at))),
    row.isUnreadStart && el("p", { className: "unread-line" }, el("span", {}, t("newMessages"))),
    item.notice ? noticeRow(item, row.userId) : messageRow(row, actions),
  );
}

function classesOf(row) {
  if (row.item.notice) {
    return "row";
  }
  return `row said ${row.isOwn ? "own" : "theirs"}${row.isFirst ? " first" : ""}${row.isGroup ? " group" : ""}`;
}

function noticeRow(item, me) {
  return el("p", { className: "notice" }, noticeText(item.notice, me));
}

function messageRow(row, actions) {
  const { message, outgoing } = row.item;
  const { text, type } = message ?? outgoing;
  const isBig = EMOJI_ONLY.test(text);
  const bubble = el(
    "div",
    { className: `bubble${isBig ? " big" : ""}` },
    sender(row),
    el("span", { className: "text", dir: "auto" }, ...linkify(text)),
    meta(row, type),
  );
  return el(
    "div",
    { className: "line" },
    row.isGroup && !row.isOwn && avatar(row),
    el("div", { className: "stack" }, bubble, row.status?.name === "failed" && failure(row, actions)),
  );
}

function sender({ isOwn, isFirst, isGroup, senderId }) {
  if (isOwn) {
    return screenReaderText(`${t("you")}: `);
  }
  return isGroup && isFirst ? el("span", { className: "sender" }, senderId) : screenReaderText(`${senderId}: `);
}

function avatar({ isFirst, senderId }) {
  return isFirst ? paintAvatar(el("span"), senderId, senderId) : el("span", { className: "avatar none" });
}

function meta({ item, status }, type) {
  return el(
    "span",
    { className: "meta" },
    type !== 1 && el("span", {}, `${t("messageType", type)} · `),
    el("time", { dateTime: new Date(item.at * 1000).toISOString(), title: fullTime(item.at) }, timeOfDay(item.at)),
    status && statusIcon(status),
  );
}

function statusIcon({ name, text }) {
  return el("span", { className: `status ${name}`, title: text }, icon(iconOf(name)), screenReaderText(text));
}

function iconOf(name) {
  return { queued: "waiting", sending: "waiting", stored: "stored", some: "read", read: "read", failed: "failed" }[name];
}

function failure({ item, status }, { retry, discard }) {
  const { clientMsgId } = item.outgoing;
  return el(
    "div",
    { className: "failure" },
    el("span", {}, status.text),
    el("button", { type: "button", className: "link", onclick: () => retry(clientMsgId) }, t("tryAgain")),
    el("button", { type: "button", className: "link", onclick: () => discard(clientMsgId) }, t("discard")),
  );
}
