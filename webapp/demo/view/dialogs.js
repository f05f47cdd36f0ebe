import { t } from "../i18n.js";
import { byId } from "./dom.js";

/** Has a dialog's closing button and a click beside it close it. Escape does so by itself, and the focus goes back. */
export function prepareDialog(dialog) {
  dialog.querySelector("[data-close]")?.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
}

/** Asks; resolves to whether the answer is yes. */
export function confirmed(text, yes) {
  const dialog = byId("confirm-dialog");
  byId("confirm-text").textContent = text;
  byId("confirm-yes").textContent = yes;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

/** What is wrong with a user id, or null. */
export function userIdProblem(userId) {
  return /^[^\s\p{Cc}]{1,64}$/u.test(userId) ? null : t("userIdRule");
}
