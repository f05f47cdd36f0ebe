import { errorText, language, t } from "../i18n.js";
import { requestToken, tabUser, userOf } from "../model/sign-in.js";
import { userIdProblem } from "./dialogs.js";
import { byId, el } from "./dom.js";

/** The sign-in form, and the form for pasting a token. */
export class SignInView {
  #onSignedIn;
  #problem = null;
  #field = byId("user-id");
  #form = this.#field.form;
  #pasteForm = byId("paste-token");

  /** @param {() => void} onSignedIn */
  constructor(onSignedIn) {
    this.#onSignedIn = onSignedIn;
    this.#form.addEventListener("submit", (event) => this.#submit(event));
    this.#pasteForm.addEventListener("submit", (event) => this.#submitToken(event));
  }

  show(userId) {
    document.title = `SimpleIM · ${t("signIn")}`;
    this.#field.value = userId;
    this.#showProblem(null);
    byId("sign-in").hidden = false;
    this.#field.focus();
  }

  hide() {
    byId("sign-in").hidden = true;
  }

  render() {
    this.#showProblem(this.#problem);
  }

  async #submit(event) {
    event.preventDefault();
    const userId = this.#field.value.trim();
    if (userIdProblem(userId)) {
      this.#showProblem({ code: "user_id" });
      return;
    }
    const button = this.#form.querySelector("button");
    button.disabled = true;
    try {
      this.#signIn(userId, await requestToken(userId, language()), false);
    } catch (error) {
      this.#showProblem(error);
    } finally {
      button.disabled = false;
    }
  }

  #submitToken(event) {
    event.preventDefault();
    const token = byId("token").value.trim();
    const userId = userOf(token);
    if (!userId) {
      this.#showProblem({ code: "token" });
      byId("token").focus();
      return;
    }
    this.#signIn(userId, token, true);
  }

  #signIn(userId, token, isPasted) {
    tabUser.set({ userId, token, isPasted });
    byId("token").value = "";
    this.#onSignedIn();
  }

  #showProblem(error) {
    this.#problem = error;
    const isKeyRequired = error?.code === "partner_key_required";
    byId("sign-in-error").replaceChildren(...(error ? explain(error) : []));
    this.#field.setAttribute("aria-invalid", String(error !== null && error.code !== "token"));
    if (isKeyRequired) {
      this.#pasteForm.hidden = false;
      byId("token-command").textContent = tokenCommand(this.#field.value.trim());
    }
    if (error && !isKeyRequired) {
      this.#field.focus();
    }
  }
}

function explain(error) {
  switch (error.code) {
    case "user_id":
      return [el("p", {}, t("userIdRule"))];
    case "token":
      return [el("p", {}, t("tokenMalformed"))];
    case "partner_key_required":
      return [
        el("p", {}, el("b", {}, t("partnerKeyRequired"))),
        el("p", { className: "why" }, t("partnerKeyWhy")),
        el("ul", {}, el("li", {}, t("partnerKeyLocal")), el("li", {}, t("partnerKeyBackEnd"))),
      ];
    default:
      return [el("p", {}, errorText(error))];
  }
}

function tokenCommand(userId) {
  const address = new URL("user/get_login_token", document.baseURI);
  return `curl ${address} \\\n  -H 'X-Partner-Key: …' \\\n  --data-urlencode 'user_id=${userId.replaceAll("'", "'\\''")}'`;
}
