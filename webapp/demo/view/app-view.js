import { t } from "../i18n.js";
import { Drafts } from "../model/drafts.js";
import { byId, paintAvatar } from "./dom.js";
import { ConnectionView } from "./connection-view.js";
import { confirmed, userIdProblem } from "./dialogs.js";
import { ListView } from "./list-view.js";
import { MembersDialog } from "./members-dialog.js";
import { NewDialog } from "./new-dialog.js";
import { Notifier } from "./notifier.js";
import { RoomView } from "./room-view.js";

/** What one sees when signed in. Which conversation is open stands in the address, so that Back closes it. */
export class AppView {
  #chat;
  #drafts;
  #list;
  #room;
  #notifier;
  #connection;
  #onSignedOut;
  /** The conversation that is being closed. */
  #closing = null;

  /** @param {() => void} onSignedOut */
  constructor(chat, onSignedOut) {
    this.#chat = chat;
    this.#onSignedOut = onSignedOut;
    this.#drafts = new Drafts(chat.userId);
    this.#notifier = new Notifier(chat);
    this.#connection = new ConnectionView(chat, onSignedOut);
    this.#list = new ListView(chat, this.#drafts, (key) => this.#go(key));
    const members = new MembersDialog(chat, () => this.#close());
    this.#room = new RoomView(chat, this.#drafts, {
      onClose: () => this.#close(),
      onMembers: (roomId) => members.open(roomId),
    });
    new NewDialog(chat, (key) => this.#go(key));
    chat.on("open", (key) => this.#opened(key));
    chat.on("renamed", ({ to }) => chat.openKey === to && history.replaceState(history.state, "", addressOf(to)));
    addEventListener("popstate", () => this.#follow());
    byId("sign-out").addEventListener("click", () => this.#signOut());
  }

  show() {
    const { userId } = this.#chat;
    byId("me").textContent = userId;
    paintAvatar(byId("me-avatar"), userId, userId);
    byId("app").hidden = false;
    this.render();
    this.#room.show(null);
    this.#follow();
  }

  /** In another language too. */
  render() {
    const other = this.#chat.userId === "bob" ? "alice" : "bob";
    byId("second-window").textContent = t("secondWindow", other);
    byId("second-window").href = `?user=${other}`;
    this.#connection.render();
    this.#list.render();
    this.#room.render();
    this.#notifier.render();
  }

  #go(key) {
    if (key !== this.#chat.openKey) {
      // Back leads to the list, from whatever was opened from it.
      const isFromList = this.#chat.openKey === null;
      const to = addressOf(key);
      if (isFromList) {
        history.pushState({ isFromList }, "", to);
      } else {
        history.replaceState(history.state, "", to);
      }
      this.#chat.open(key);
    }
    this.#room.focus();
  }

  #close() {
    this.#closing = this.#chat.openKey;
    if (history.state?.isFromList) {
      history.back();
    } else {
      history.replaceState(null, "", addressOf(null));
      this.#follow();
    }
  }

  /** Opens what the address says. */
  async #follow() {
    const key = keyOfAddress();
    if (key !== null && !this.#chat.conversations.get(key)) {
      await this.#look(key);
      return;
    }
    this.#chat.open(key);
    if (key === null && this.#closing !== null) {
      this.#list.render();
      this.#list.focus(this.#closing);
    }
    this.#closing = null;
  }

  /** For a conversation that is not in the list, or not yet. */
  async #look(key) {
    try {
      this.#chat.open(await this.#keyOf(key));
    } catch (error) {
      history.replaceState(null, "", addressOf(null));
      this.#chat.open(null);
      this.#chat.emit("error", error);
    }
  }

  async #keyOf(key) {
    if (key.startsWith("user:")) {
      const userId = key.slice("user:".length);
      if (userIdProblem(userId) || userId === this.#chat.userId) {
        throw Object.assign(new Error(), { code: "invalid_parameter" });
      }
      return this.#chat.chatWith(userId);
    }
    if (!(await this.#chat.find(key))) {
      throw Object.assign(new Error(), { code: "not_in_room" });
    }
    return key;
  }

  #opened(key) {
    this.#room.show(key);
  }

  async #signOut() {
    if (this.#chat.hasUnsent && !(await confirmed(t("signOutUnsent"), t("signOut")))) {
      return;
    }
    this.#drafts.clear();
    this.#connection.stop();
    // Without a connection the session stays on the server until it expires; here it is gone all the same.
    await this.#chat.signOut().catch(() => {});
    this.#onSignedOut();
  }
}

/** @returns null where none is named, or the address is broken */
function keyOfAddress() {
  try {
    return decodeURIComponent(location.hash.slice(1)) || null;
  } catch {
    return null;
  }
}

function addressOf(key) {
  return `${location.pathname}${location.search}${key === null ? "" : `#${encodeURIComponent(key)}`}`;
}
