import { errorText, t } from "../i18n.js";
import { byId, el, oncePerFrame } from "./dom.js";
import { titleOf } from "./titles.js";

const TOAST_MILLIS = 6_000;
/** Older announcements are removed from the page. */
const MAX_ANNOUNCEMENTS = 20;

/** Shows the unread count in the tab's title, announces messages to screen readers, and shows errors. */
export class Notifier {
  #chat;
  #timer;

  constructor(chat) {
    this.#chat = chat;
    this.renderSoon = oncePerFrame(() => this.render());
    chat.on("list", this.renderSoon);
    chat.on("incoming", (message) => this.#announce(message));
    chat.on("error", (error) => this.toast(errorText(error)));
  }

  render() {
    const { unreadCount } = this.#chat.conversations;
    document.title = `${unreadCount > 0 ? `(${unreadCount}) ` : ""}${this.#chat.userId} · SimpleIM`;
  }

  toast(text) {
    const toast = byId("toast");
    toast.textContent = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (toast.textContent = ""), TOAST_MILLIS);
  }

  #announce(message) {
    const entry = this.#chat.conversations.get(message.roomId);
    const isOpen = this.#chat.openKey === message.roomId;
    const text = isOpen || !entry
      ? t("saidBy", message.senderId, message.text)
      : t("saidIn", message.senderId, titleOf(entry));
    const announcer = byId("announcer");
    announcer.append(el("p", {}, text));
    while (announcer.childElementCount > MAX_ANNOUNCEMENTS) {
      announcer.firstElementChild.remove();
    }
  }
}
