import { errorText, t } from "../i18n.js";
import { askToConfirm, userIdProblem } from "./dialogs.js";
import { byId, el, paintAvatar, reconcile } from "./dom.js";
import { titleOf } from "./titles.js";

const PAGE_SIZE = 100;

/** The members of a room. The host adds and removes members; everyone can leave or copy the room id. */
export class MembersDialog {
  #chat;
  #onLeft;
  #entry = null;
  #members = [];
  /** The {@link versionOf} the room for which the members were loaded. */
  #loadedVersion = "";
  #pages = 1;
  #dialog = byId("members-dialog");

  /** @param {() => void} onLeft */
  constructor(chat, onLeft) {
    this.#chat = chat;
    this.#onLeft = onLeft;
    chat.on("room", (key) => this.#dialog.open && key === this.#entry?.roomId && this.#roomChanged());
    byId("invite").addEventListener("submit", (event) => this.#invite(event));
    byId("more-members").addEventListener("click", () => this.#showMore());
    byId("copy-id").addEventListener("click", () => this.#copy());
    byId("leave").addEventListener("click", () => this.#leave());
  }

  async open(roomId) {
    this.#entry = this.#chat.conversations.get(roomId);
    this.#members = [];
    this.#pages = 1;
    byId("invite-user").value = "";
    byId("room-id").textContent = roomId;
    byId("copy-id").textContent = t("copy");
    this.#showProblem("");
    this.#render();
    this.#dialog.showModal();
    await this.#load();
  }

  get #isHost() {
    return this.#entry.hostUserId === this.#chat.userId;
  }

  /** Events report single changes only, so the list is loaded again. */
  #roomChanged() {
    this.#entry = this.#chat.conversations.get(this.#entry.roomId);
    if (!this.#entry) {
      this.#dialog.close();
      return;
    }
    if (this.#loadedVersion !== versionOf(this.#entry)) {
      this.#load();
    }
  }

  async #load() {
    const { roomId } = this.#entry;
    this.#loadedVersion = versionOf(this.#entry);
    try {
      const pages = [];
      for (let page = 1; page <= this.#pages; page++) {
        pages.push(await this.#chat.membership.members(roomId, page));
      }
      if (this.#entry?.roomId === roomId) {
        this.#members = pages.flat();
        this.#entry.memberCount = Math.max(this.#members.length, pages.at(-1).length === PAGE_SIZE ? this.#entry.memberCount : 0);
        this.#loadedVersion = versionOf(this.#entry);
        this.#render();
      }
    } catch (error) {
      this.#showProblem(errorText(error));
    }
  }

  async #showMore() {
    this.#pages++;
    await this.#load();
  }

  #render() {
    byId("members-title").textContent = titleOf(this.#entry);
    byId("members-count").textContent = t("memberCount", this.#entry.memberCount);
    byId("invite").hidden = !this.#isHost;
    byId("more-members").hidden = this.#members.length < this.#pages * PAGE_SIZE;
    reconcile(byId("member-list"), this.#members, {
      key: (member) => member.userId,
      renderKey: (member) => `${member.isHost} ${this.#isHost} ${document.documentElement.lang}`,
      build: (member) => this.#row(member),
    });
  }

  #row({ userId, isHost: isRoomHost }) {
    const isMe = userId === this.#chat.userId;
    const kick = el(
      "button",
      { type: "button", className: "small", label: t("kickLabel", userId), onclick: () => this.#kick(userId) },
      t("kick"),
    );
    return el(
      "li",
      {},
      paintAvatar(el("span"), userId, userId),
      el("span", { className: "who" }, userId, isMe && el("span", { className: "muted" }, ` (${t("youLower")})`)),
      isRoomHost && el("span", { className: "tag" }, t("host")),
      this.#isHost && !isMe && kick,
    );
  }

  async #invite(event) {
    event.preventDefault();
    const field = byId("invite-user");
    const userId = field.value.trim();
    const problem = userIdProblem(userId);
    this.#showProblem(problem ?? "");
    if (!problem && (await this.#perform(() => this.#chat.membership.invite(this.#entry.roomId, userId)))) {
      field.value = "";
    }
    field.focus();
  }

  async #kick(userId) {
    await this.#perform(() => this.#chat.membership.kick(this.#entry.roomId, userId));
    byId("member-list").focus();
  }

  /** Runs an action, then reloads the members. @returns whether it succeeded */
  async #perform(action) {
    try {
      await action();
      await this.#load();
      return true;
    } catch (error) {
      this.#showProblem(errorText(error));
      return false;
    }
  }

  async #leave() {
    const { roomId } = this.#entry;
    if (!(await askToConfirm(t("leaveAsk", titleOf(this.#entry)), t("leave")))) {
      return;
    }
    try {
      await this.#chat.membership.leave(roomId);
      this.#dialog.close();
      this.#onLeft();
    } catch (error) {
      this.#showProblem(errorText(error));
    }
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#entry.roomId);
      byId("copy-id").textContent = t("copied");
    } catch {
      // The clipboard needs HTTPS or localhost. Elsewhere the id is selected for copying by hand.
      getSelection().selectAllChildren(byId("room-id"));
    }
  }

  #showProblem(text) {
    byId("members-error").textContent = text;
    byId("invite-user").setAttribute("aria-invalid", String(text !== ""));
  }
}

/** Changes when the list of members may have changed. */
function versionOf({ memberCount, hostUserId }) {
  return `${memberCount} ${hostUserId}`;
}
