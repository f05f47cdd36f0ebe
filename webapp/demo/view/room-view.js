import { t } from "../i18n.js";
import { byId, oncePerFrame, paintAvatar } from "./dom.js";
import { Composer } from "./composer.js";
import { MessageView } from "./message-view.js";
import { titleOf, typingText } from "./titles.js";

/** The open conversation with header, messages and composer, or the welcome text if none is open. */
export class RoomView {
  #chat;
  #entry = null;
  #messages;
  #composer;

  /** @param {{onClose: () => void, onMembers: (roomId: string) => void}} actions */
  constructor(chat, drafts, { onClose, onMembers }) {
    this.#chat = chat;
    this.#messages = new MessageView(chat);
    this.#composer = new Composer(chat, drafts, () => this.#messages.jumpToEnd());
    this.renderSoon = oncePerFrame(() => this.#renderHead());
    chat.on("room", (key) => key === chat.openKey && this.renderSoon());
    chat.on("list", this.renderSoon);
    chat.on("keyChanged", ({ from, to }) => drafts.move(from, to));
    byId("back").addEventListener("click", onClose);
    byId("members").addEventListener("click", () => onMembers(this.#entry.roomId));
    byId("room").addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing) {
        onClose();
      }
    });
  }

  /** @param key of a conversation, or null */
  show(key) {
    this.#entry = null;
    byId("app").classList.toggle("has-open", key !== null);
    byId("room").hidden = key === null;
    byId("welcome").hidden = key !== null;
    this.#messages.show(key);
    this.#composer.show(key);
    this.#renderHead();
  }

  /** Focuses the composer; on a touch screen the title, so that no keyboard covers the messages. */
  focus() {
    if (matchMedia("(pointer: coarse)").matches || this.#composer.isDisabled) {
      byId("room-title").focus();
    } else {
      this.#composer.focus();
    }
  }

  render() {
    this.#messages.render();
    this.#renderHead();
  }

  #renderHead() {
    const key = this.#chat.openKey;
    if (key === null) {
      return;
    }
    // A room that the user has left is no longer in the list.
    this.#entry = this.#chat.conversations.get(key) ?? this.#entry;
    if (!this.#entry) {
      return;
    }
    const entry = this.#entry;
    const room = this.#chat.room(key);
    const title = titleOf(entry);
    byId("room-title").textContent = title;
    paintAvatar(byId("room-avatar"), entry.peerUserId || entry.roomId, title);
    byId("room-subtitle").textContent = typingText(room) || subtitle(entry);
    byId("room-subtitle").classList.toggle("typing", room.typing.size > 0);
    byId("members").hidden = entry.roomType === 1 || room.ended !== null;
    this.#composer.disable(room.ended !== null);
  }
}

function subtitle(entry) {
  return entry.roomType === 1 ? t("directChat") : t("memberCount", entry.memberCount);
}
