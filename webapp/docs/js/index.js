import { language } from "./language.js";
import { base, socketBase } from "./base.js";
import { address, groups, guides } from "./guides.js";

for (const [attribute, place] of [["data-base", base], ["data-socket", socketBase]]) {
  for (const span of document.querySelectorAll(`[${attribute}]`)) {
    span.textContent = place.href;
  }
}

/** A card for each group of guides. */
function card(group) {
  const made = document.createElement("li");
  const heading = document.createElement("h3");
  heading.textContent = group[language];
  const links = guides.filter((guide) => guide.group === group.id).map((guide) => {
    const line = document.createElement("p");
    const link = document.createElement("a");
    link.href = address(guide);
    link.textContent = guide[language];
    line.append(link);
    return line;
  });
  made.append(heading, ...links);
  return made;
}
document.querySelector("[data-guides]").append(...groups.map(card));

/** The chat page can be turned off. Then the answer is a 404, which also appears in the console and does no harm. */
const showIfThere = async (card) => {
  const answer = await fetch(card.dataset.if, { method: "HEAD" });
  card.hidden = !answer.ok;
};
document.querySelectorAll("[data-if]").forEach(showIfThere);
