import { byId } from "./dom.js";

/** The message field. Enter sends, Shift+Enter starts a new line; unsent text is kept as a draft. */
export class Composer {
  #chat;
  #drafts;
  #onSent;
  #key = null;
  #form = byId("composer");
  #text = byId("text");
  #send = this.#form.querySelector("button");

  /** @param {() => void} onSent */
  constructor(chat, drafts, onSent) {
    this.#chat = chat;
    this.#drafts = drafts;
    this.#onSent = onSent;
    this.#form.addEventListener("submit", (event) => this.#submit(event));
    this.#text.addEventListener("keydown", (event) => this.#onKeyDown(event));
    this.#text.addEventListener("input", () => this.#onInput());
  }

  show(key) {
    this.#key = key;
    const draft = key === null ? "" : this.#drafts.get(key);
    if (this.#text.value !== draft) {
      // An unnecessary assignment would move the cursor and interrupt an input method.
      this.#text.value = draft;
    }
    this.#resize();
  }

  focus() {
    this.#text.focus();
  }

  get isDisabled() {
    return this.#text.disabled;
  }

  disable(isDisabled) {
    this.#text.disabled = isDisabled;
    this.#form.hidden = isDisabled;
  }

  #onKeyDown(event) {
    // While an input method composes, Enter accepts its suggestion. Safari reports this with key code 229 only.
    const isComposing = event.isComposing || event.keyCode === 229;
    if (event.key === "Enter" && !event.shiftKey && !isComposing) {
      this.#submit(event);
    }
  }

  #submit(event) {
    event.preventDefault();
    const text = this.#text.value.trimEnd();
    if (text.trim() === "") {
      return;
    }
    this.#text.value = "";
    this.#drafts.set(this.#key, "");
    this.#resize();
    this.#chat.send(this.#key, text);
    this.#onSent();
    this.#text.focus();
  }

  #onInput() {
    this.#drafts.set(this.#key, this.#text.value);
    this.#resize();
    if (this.#text.value !== "") {
      this.#chat.sendTyping(this.#key);
    }
  }

  /** Fits the height to the text; the style sheet limits it. */
  #resize() {
    this.#send.disabled = this.#text.value.trim() === "";
    this.#text.style.height = "auto";
    this.#text.style.height = `${this.#text.scrollHeight}px`;
  }
}
