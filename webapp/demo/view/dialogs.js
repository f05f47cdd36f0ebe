import { t } from "../i18n.js";
import { byId } from "./dom.js";

/** Closes a dialog on its close button or a click outside. The browser itself handles Escape and restores the focus. */
export function prepareDialog(dialog) {
  dialog.querySelector("[data-close]")?.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
}

/** Shows a question; resolves to whether the user has confirmed it. */
export function askToConfirm(text, yes) {
  const dialog = byId("confirm-dialog");
  byId("confirm-text").textContent = text;
  byId("confirm-yes").textContent = yes;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

/** @returns why a user id is not valid, or null */
export function userIdProblem(userId) {
  return /^[^\s\p{Cc}]{1,64}$/u.test(userId) ? null : t("userIdRule");
}
