import { errorText, t } from "../i18n.js";
import { userIdProblem } from "./dialogs.js";
import { byId } from "./dom.js";

/** The dialog that starts a chat, or creates or enters a room. */
export class NewDialog {
  #chat;
  #onOpen;
  #dialog = byId("new-dialog");
  #value = byId("new-value");

  /** @param {(key: string) => void} onOpen */
  constructor(chat, onOpen) {
    this.#chat = chat;
    this.#onOpen = onOpen;
    const form = this.#dialog.querySelector("form");
    form.addEventListener("submit", (event) => this.#submit(event));
    form.addEventListener("change", (event) => event.target.name === "kind" && this.#showKind());
    document.querySelectorAll("#new, .nothing button").forEach((button) => {
      button.addEventListener("click", () => this.open());
    });
  }

  open() {
    this.#value.value = "";
    this.#showKind();
    this.#dialog.showModal();
    this.#value.focus();
  }

  get #kind() {
    return this.#dialog.querySelector("[name=kind]:checked").value;
  }

  #showKind() {
    const kind = this.#kind;
    byId("new-label").textContent = t(`${kind}Label`);
    byId("new-hint").textContent = t(`${kind}Hint`);
    byId("new-submit").textContent = t(`${kind}Submit`);
    this.#value.maxLength = kind === "enter" ? 72 : 64;
    this.#showProblem("");
  }

  async #submit(event) {
    event.preventDefault();
    const value = this.#value.value.trim();
    const problem = this.#problemOf(value);
    this.#showProblem(problem ?? "");
    if (problem) {
      return;
    }
    const button = byId("new-submit");
    button.disabled = true;
    try {
      const key = await this.#start(value);
      this.#dialog.close();
      this.#onOpen(key);
    } catch (error) {
      this.#showProblem(errorText(error));
    } finally {
      button.disabled = false;
    }
  }

  async #start(value) {
    switch (this.#kind) {
      case "chat":
        return this.#chat.ensureChat(value);
      case "create":
        return this.#chat.membership.createRoom(value);
      default:
        await this.#chat.membership.enterRoom(value);
        return value;
    }
  }

  #problemOf(value) {
    if (value === "") {
      return t("required");
    }
    switch (this.#kind) {
      case "chat":
        return value === this.#chat.userId ? t("notYourself") : userIdProblem(value);
      case "enter":
        return /^[0-9a-f]{72}$/.test(value) ? null : t("roomIdRule");
      default:
        return null;
    }
  }

  #showProblem(text) {
    byId("new-error").textContent = text;
    this.#value.setAttribute("aria-invalid", String(text !== ""));
    if (text) {
      this.#value.focus();
    }
  }
}
