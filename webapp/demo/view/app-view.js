import { t } from "../i18n.js";
import { Drafts } from "../model/drafts.js";
import { byId, paintAvatar } from "./dom.js";
import { ConnectionView } from "./connection-view.js";
import { askToConfirm, userIdProblem } from "./dialogs.js";
import { ListView } from "./list-view.js";
import { MembersDialog } from "./members-dialog.js";
import { NewDialog } from "./new-dialog.js";
import { Notifier } from "./notifier.js";
import { RoomView } from "./room-view.js";

/** The page of a signed-in user. The address names the open conversation, so that Back closes it. */
export class AppView {
  #chat;
  #drafts;
  #list;
  #room;
  #notifier;
  #connection;
  #onSignedOut;
  /** The conversation being closed, which gets the focus in the list. */
  #closing = null;

  /** @param {() => void} onSignedOut */
  constructor(chat, onSignedOut) {
    this.#chat = chat;
    this.#onSignedOut = onSignedOut;
    this.#drafts = new Drafts(chat.userId);
    this.#notifier = new Notifier(chat);
    this.#connection = new ConnectionView(chat, onSignedOut);
    this.#list = new ListView(chat, this.#drafts, (key) => this.#navigateTo(key));
    const members = new MembersDialog(chat, () => this.#close());
    this.#room = new RoomView(chat, this.#drafts, {
      onClose: () => this.#close(),
      onMembers: (roomId) => members.open(roomId),
    });
    new NewDialog(chat, (key) => this.#navigateTo(key));
    chat.on("open", (key) => this.#showRoom(key));
    chat.on("keyChanged", ({ to }) => chat.openKey === to && history.replaceState(history.state, "", addressOf(to)));
    addEventListener("popstate", () => this.#openFromAddress());
    byId("sign-out").addEventListener("click", () => this.#signOut());
  }

  show() {
    const { userId } = this.#chat;
    byId("me").textContent = userId;
    paintAvatar(byId("me-avatar"), userId, userId);
    byId("app").hidden = false;
    this.render();
    this.#room.show(null);
    this.#openFromAddress();
  }

  render() {
    const other = this.#chat.userId === "bob" ? "alice" : "bob";
    byId("second-window").textContent = t("secondWindow", other);
    byId("second-window").href = `?user=${other}`;
    this.#connection.render();
    this.#list.render();
    this.#room.render();
    this.#notifier.render();
  }

  #navigateTo(key) {
    if (key !== this.#chat.openKey) {
      // Back leads to the list from every conversation.
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
      this.#openFromAddress();
    }
  }

  /** Opens the conversation that the address names. */
  async #openFromAddress() {
    const key = keyOfAddress();
    if (key !== null && !this.#chat.conversations.get(key)) {
      await this.#openUnlisted(key);
      return;
    }
    this.#chat.open(key);
    if (key === null && this.#closing !== null) {
      this.#list.render();
      this.#list.focus(this.#closing);
    }
    this.#closing = null;
  }

  /** Opens a conversation that is not in the loaded list. */
  async #openUnlisted(key) {
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
      return this.#chat.ensureChat(userId);
    }
    if (!(await this.#chat.findConversation(key))) {
      throw Object.assign(new Error(), { code: "not_in_room" });
    }
    return key;
  }

  #showRoom(key) {
    this.#room.show(key);
  }

  async #signOut() {
    if (this.#chat.hasUnsent && !(await askToConfirm(t("signOutUnsent"), t("signOut")))) {
      return;
    }
    this.#drafts.clear();
    this.#connection.stop();
    // Without a connection the session stays on the server until it expires.
    await this.#chat.signOut().catch(() => {});
    this.#onSignedOut();
  }
}

/** @returns the key in the address, or null if it is missing or malformed */
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
