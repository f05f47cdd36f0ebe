import { errorText, t } from "../i18n.js";
import { byId, el } from "./dom.js";

const STATES = {
  idle: "stateIdle",
  connecting: "stateConnecting",
  syncing: "stateSyncing",
  online: "stateOnline",
  waiting: "stateWaiting",
  stopped: "stateStopped",
};

/** Whether one is connected: always in a word beside the user's name, and when something is wrong in a line above all. */
export class ConnectionView {
  #chat;
  #onSignIn;
  #timer;
  #line = byId("connection");

  /** @param {() => void} onSignIn when only another token would help */
  constructor(chat, onSignIn) {
    this.#chat = chat;
    this.#onSignIn = onSignIn;
    chat.on("state", () => this.render());
  }

  render() {
    clearInterval(this.#timer);
    const { state } = this.#chat.connection;
    byId("app").dataset.state = state;
    byId("state").textContent = t(STATES[state]);
    this.#line.replaceChildren(...this.#content());
    this.#line.hidden = this.#line.childElementCount === 0;
    if (state === "waiting") {
      this.#timer = setInterval(() => this.#count(), 1_000);
    }
  }

  stop() {
    clearInterval(this.#timer);
  }

  #content() {
    const { state, error } = this.#chat.connection;
    if (state === "waiting") {
      // Once a second is too often to be read out.
      return [el("span", { id: "countdown", ariaLive: "off" }, this.#countdown()), this.#button("connectNow")];
    }
    if (state === "stopped") {
      const text = !error || error.code === "no_token" ? t("stoppedEnded") : t("stopped", errorText(error));
      return [el("span", {}, text), el("button", { type: "button", onclick: this.#onSignIn }, t("signInAgain"))];
    }
    return [];
  }

  #button(text) {
    return el("button", { type: "button", onclick: () => this.#chat.connect() }, t(text));
  }

  #countdown() {
    const seconds = Math.ceil(((this.#chat.connection.retryAt ?? 0) - Date.now()) / 1_000);
    return seconds > 0 ? t("waiting", seconds) : t("waitingNow");
  }

  #count() {
    const line = byId("countdown");
    if (line) {
      line.textContent = this.#countdown();
    }
  }
}
