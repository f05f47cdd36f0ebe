import "./language.js";
import { base, socketBase } from "./base.js";

for (const [attribute, address] of [["data-base", base], ["data-socket", socketBase]]) {
  for (const place of document.querySelectorAll(`[${attribute}]`)) {
    place.textContent = address.href;
  }
}

/** The chat page can be turned off: then this is answered with 404, which the console tells too, and is no fault. */
const showIfThere = async (card) => {
  const answer = await fetch(card.dataset.if, { method: "HEAD" });
  card.hidden = !answer.ok;
};
document.querySelectorAll("[data-if]").forEach(showIfThere);
