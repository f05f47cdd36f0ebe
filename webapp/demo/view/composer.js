import { byId } from "./dom.js";

/** Where one writes. Enter sends, Shift+Enter begins a line; what is not sent stays as a draft. */
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
    this.#text.addEventListener("keydown", (event) => this.#pressed(event));
    this.#text.addEventListener("input", () => this.#changed());
  }

  show(key) {
    this.#key = key;
    const draft = key === null ? "" : this.#drafts.get(key);
    if (this.#text.value !== draft) {
      // Else, as when a chat gets its room, the cursor stays where it is, and what an input method composes.
      this.#text.value = draft;
    }
    this.#fit();
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

  #pressed(event) {
    // While an input method composes, Enter takes its suggestion. Safari says so by 229 alone.
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
    this.#fit();
    this.#chat.send(this.#key, text);
    this.#onSent();
    this.#text.focus();
  }

  #changed() {
    this.#drafts.set(this.#key, this.#text.value);
    this.#fit();
    if (this.#text.value !== "") {
      this.#chat.isTyping(this.#key);
    }
  }

  /** As high as the text, up to what the style allows. */
  #fit() {
    this.#send.disabled = this.#text.value.trim() === "";
    this.#text.style.height = "auto";
    this.#text.style.height = `${this.#text.scrollHeight}px`;
  }
}
