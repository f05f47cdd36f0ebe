import { errorText, t } from "../i18n.js";
import { byId, el, onceAFrame } from "./dom.js";
import { titleOf } from "./titles.js";

const TOAST_MILLIS = 6_000;
/** What a screen reader has read out is not kept. */
const SAID_AT_MOST = 20;

/** Tells what happens elsewhere than where one looks: in the tab's title, to screen readers, and of what did not work. */
export class Notifier {
  #chat;
  #timer;

  constructor(chat) {
    this.#chat = chat;
    this.renderSoon = onceAFrame(() => this.render());
    chat.on("list", this.renderSoon);
    chat.on("heard", (message) => this.#say(message));
    chat.on("error", (error) => this.toast(errorText(error)));
  }

  render() {
    const { unread } = this.#chat.conversations;
    document.title = `${unread > 0 ? `(${unread}) ` : ""}${this.#chat.userId} · SimpleIM`;
  }

  toast(text) {
    const toast = byId("toast");
    toast.textContent = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (toast.textContent = ""), TOAST_MILLIS);
  }

  #say(message) {
    const entry = this.#chat.conversations.get(message.roomId);
    const isOpen = this.#chat.openKey === message.roomId;
    const text = isOpen || !entry
      ? t("saidBy", message.senderId, message.text)
      : t("saidIn", message.senderId, titleOf(entry));
    const announcer = byId("announcer");
    announcer.append(el("p", {}, text));
    while (announcer.childElementCount > SAID_AT_MOST) {
      announcer.firstElementChild.remove();
    }
  }
}
