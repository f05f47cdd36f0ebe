import { shortTime } from "../format.js";
import { language, t } from "../i18n.js";
import { unreadOf } from "../model/conversation-list.js";
import { byId, el, oncePerFrame, paintAvatar, reconcile, screenReaderText } from "./dom.js";
import { titleOf, typingText } from "./titles.js";

/** Distance from the end of the list at which the next page is loaded. */
const PRELOAD_PIXELS = 400;

/** The conversation list. Tab reaches it once; the arrow keys move within it. */
export class ListView {
  #chat;
  #drafts;
  #onOpen;
  #list = byId("list");
  #rows = this.#list.querySelector("ul");
  #more = this.#list.querySelector(".more");
  #empty = this.#list.querySelector(".nothing");

  /** @param {(key: string) => void} onOpen */
  constructor(chat, drafts, onOpen) {
    this.#chat = chat;
    this.#drafts = drafts;
    this.#onOpen = onOpen;
    this.renderSoon = oncePerFrame(() => this.render());
    chat.on("list", this.renderSoon);
    this.#list.addEventListener("scroll", () => this.#loadMoreNearEnd(), { passive: true });
    this.#rows.addEventListener("keydown", (event) => this.#moveFocus(event));
  }

  render() {
    const entries = this.#chat.conversations.sorted();
    const rows = entries.map((entry) => this.#rowOf(entry));
    reconcile(this.#rows, rows, { key: (row) => row.entry.key, renderKey: renderKeyOf, build: (row) => this.#build(row) });
    this.#keepOneTabStop();
    const isLoading = !this.#chat.isListComplete;
    this.#more.hidden = !isLoading;
    this.#empty.hidden = isLoading || entries.length > 0;
    if (isLoading) {
      this.#loadMoreNearEnd();
    }
  }

  /** Focuses a conversation, or the first one if it is not in the list. */
  focus(key) {
    const buttons = this.#buttons();
    (buttons.find((button) => button.parentElement.dataset.key === key) ?? buttons[0] ?? byId("new")).focus();
  }

  #rowOf(entry) {
    const isOpen = entry.key === this.#chat.openKey;
    const typing = typingText(this.#chat.room(entry.key));
    return { entry, isOpen, typing, unread: unreadOf(entry), ...this.#preview(entry, isOpen) };
  }

  #preview(entry, isOpen) {
    const draft = isOpen ? "" : this.#drafts.get(entry.key);
    if (draft) {
      return { label: t("draft"), text: draft };
    }
    const unsent = this.#chat.lastUnsent(entry.key);
    if (unsent) {
      return { label: `${t("you")}:`, text: unsent.text };
    }
    if (!entry.lastSenderId) {
      return { label: "", text: t("noMessages") };
    }
    const isOwn = entry.lastSenderId === this.#chat.userId;
    const label = isOwn ? t("you") : entry.roomType === 1 ? "" : entry.lastSenderId;
    return { label: label && `${label}:`, text: entry.lastText };
  }

  #build({ entry, isOpen, typing, unread, label, text }) {
    const title = titleOf(entry);
    const button = el(
      "button",
      { type: "button", className: "conversation", tabIndex: -1, onclick: () => this.#onOpen(entry.key) },
      paintAvatar(el("span"), entry.peerUserId || entry.roomId, title),
      el("span", { className: "title" }, title),
      el("time", { className: "time" }, shortTime(entry.updatedAt)),
      typing
        ? el("span", { className: "preview typing" }, typing)
        : el("span", { className: "preview" }, label && el("b", {}, label), label && " ", el("bdi", {}, text.slice(0, 200))),
      unread > 0 && badge(unread),
    );
    if (isOpen) {
      button.setAttribute("aria-current", "true");
    }
    return el("li", {}, button);
  }

  #buttons() {
    return [...this.#rows.querySelectorAll("button")];
  }

  #keepOneTabStop() {
    const buttons = this.#buttons();
    const stop =
      buttons.find((button) => button === document.activeElement) ??
      buttons.find((button) => button.hasAttribute("aria-current")) ??
      buttons[0];
    buttons.forEach((button) => (button.tabIndex = button === stop ? 0 : -1));
  }

  #moveFocus(event) {
    const buttons = this.#buttons();
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to !== undefined && buttons[to]) {
      event.preventDefault();
      buttons[to].focus();
      this.#keepOneTabStop();
    }
  }

  #loadMoreNearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#list;
    if (scrollHeight - scrollTop - clientHeight < PRELOAD_PIXELS) {
      this.#chat.loadMoreConversations();
    }
  }
}

function badge(unread) {
  const count = unread > 999 ? "999+" : String(unread);
  return el("span", { className: "badge" }, count, screenReaderText(` ${t("unread", unread)}`));
}

function renderKeyOf({ entry, isOpen, typing, unread, label, text }) {
  return JSON.stringify([titleOf(entry), isOpen, typing, unread, label, text, shortTime(entry.updatedAt), language()]);
}
