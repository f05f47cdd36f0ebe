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

/** The connection state: a word beside the user's name, and a banner while the connection is lost. */
export class ConnectionView {
  #chat;
  #onSignIn;
  #timer;
  #banner = byId("connection");

  /** @param {() => void} onSignIn called when the user wants to sign in again */
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
    this.#banner.replaceChildren(...this.#content());
    this.#banner.hidden = this.#banner.childElementCount === 0;
    if (state === "waiting") {
      this.#timer = setInterval(() => this.#updateCountdown(), 1_000);
    }
  }

  stop() {
    clearInterval(this.#timer);
  }

  #content() {
    const { state, error } = this.#chat.connection;
    if (state === "waiting") {
      // Screen readers must not announce every second.
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

  #updateCountdown() {
    const countdown = byId("countdown");
    if (countdown) {
      countdown.textContent = this.#countdown();
    }
  }
}
