import { errorText, t } from "../i18n.js";
import { confirmed, userIdProblem } from "./dialogs.js";
import { byId, el, paintAvatar, reconcile } from "./dom.js";
import { titleOf } from "./titles.js";

const PAGE = 100;

/** Who is in a room. Its host adds and removes; everybody may leave, and give away the room's id. */
export class MembersDialog {
  #chat;
  #onLeft;
  #entry = null;
  #members = [];
  /** What the list was loaded for: how many there are, and who is host. */
  #loaded = "";
  #pages = 1;
  #dialog = byId("members-dialog");

  /** @param {() => void} onLeft */
  constructor(chat, onLeft) {
    this.#chat = chat;
    this.#onLeft = onLeft;
    chat.on("room", (key) => this.#dialog.open && key === this.#entry?.roomId && this.#changed());
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
    this.#problem("");
    this.#render();
    this.#dialog.showModal();
    await this.#load();
  }

  get #isHost() {
    return this.#entry.hostUserId === this.#chat.userId;
  }

  /** Who came or went is told by events; who is here, by the list alone. */
  #changed() {
    this.#entry = this.#chat.conversations.get(this.#entry.roomId);
    if (!this.#entry) {
      this.#dialog.close();
      return;
    }
    if (this.#loaded !== stateOf(this.#entry)) {
      this.#load();
    }
  }

  async #load() {
    const { roomId } = this.#entry;
    this.#loaded = stateOf(this.#entry);
    try {
      const pages = [];
      for (let page = 1; page <= this.#pages; page++) {
        pages.push(await this.#chat.members(roomId, page));
      }
      if (this.#entry?.roomId === roomId) {
        this.#members = pages.flat();
        this.#entry.memberCount = Math.max(this.#members.length, pages.at(-1).length === PAGE ? this.#entry.memberCount : 0);
        this.#loaded = stateOf(this.#entry);
        this.#render();
      }
    } catch (error) {
      this.#problem(errorText(error));
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
    byId("more-members").hidden = this.#members.length < this.#pages * PAGE;
    reconcile(byId("member-list"), this.#members, {
      key: (member) => member.userId,
      look: (member) => `${member.isHost} ${this.#isHost} ${document.documentElement.lang}`,
      build: (member) => this.#row(member),
    });
  }

  #row({ userId, isHost: isHostHere }) {
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
      isHostHere && el("span", { className: "tag" }, t("host")),
      this.#isHost && !isMe && kick,
    );
  }

  async #invite(event) {
    event.preventDefault();
    const field = byId("invite-user");
    const userId = field.value.trim();
    const problem = userIdProblem(userId);
    this.#problem(problem ?? "");
    if (!problem && (await this.#does(() => this.#chat.invite(this.#entry.roomId, userId)))) {
      field.value = "";
    }
    field.focus();
  }

  async #kick(userId) {
    await this.#does(() => this.#chat.kick(this.#entry.roomId, userId));
    byId("member-list").focus();
  }

  async #does(what) {
    try {
      await what();
      await this.#load();
      return true;
    } catch (error) {
      this.#problem(errorText(error));
      return false;
    }
  }

  async #leave() {
    const { roomId } = this.#entry;
    if (!(await confirmed(t("leaveAsk", titleOf(this.#entry)), t("leave")))) {
      return;
    }
    try {
      await this.#chat.leave(roomId);
      this.#dialog.close();
      this.#onLeft();
    } catch (error) {
      this.#problem(errorText(error));
    }
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#entry.roomId);
      byId("copy-id").textContent = t("copied");
    } catch {
      // Only pages of https and localhost may: then it is selected, to be copied by hand.
      getSelection().selectAllChildren(byId("room-id"));
    }
  }

  #problem(text) {
    byId("members-error").textContent = text;
    byId("invite-user").setAttribute("aria-invalid", String(text !== ""));
  }
}

function stateOf({ memberCount, hostUserId }) {
  return `${memberCount} ${hostUserId}`;
}
