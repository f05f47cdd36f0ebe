import { language } from "./language.js";
import { blocks, element } from "./dom.js";
import { address, groups, guides, resolveLink, served } from "./guides.js";
import { anchorHeadings } from "./headings.js";

const TEXTS = {
  en: { contents: "Guides", unknown: "There is no such guide.", unavailable: "The guide could not be loaded." },
  zh: { contents: "指南目录", unknown: "没有这篇指南。", unavailable: "指南加载失败。" },
};
const ENGLISH_ONLY = "本篇目前只有英文版。中文读者可以先看";
const text = TEXTS[language];
const asked = new URLSearchParams(location.search).get("page");
const wanted = asked ?? (language === "zh" ? "zh" : "getting-started");
const guide = guides.find(({ id }) => id === wanted);

const link = (href, label) => element("a", { href }, label);

function menuEntry(candidate, sections) {
  const anchor = link(address(candidate), candidate[language]);
  if (candidate === guide) {
    anchor.setAttribute("aria-current", "page");
  }
  const inside = sections.map(({ id, textContent }) => element("li", {}, link(`#${id}`, textContent)));
  return element("li", {}, anchor, candidate === guide && inside.length > 1 ? element("ul", {}, inside) : "");
}

function menu(sections) {
  return groups.map((group) => [
    element("p", { class: "group" }, group[language]),
    element("ul", {}, guides.filter((one) => one.group === group.id).map((one) => menuEntry(one, sections))),
  ]);
}

/** The menu is open beside a guide, and closed above it where the screen is narrow. */
function showMenu(sections) {
  const details = element("details", {}, element("summary", {}, text.contents), menu(sections));
  const wide = matchMedia("(min-width: 50rem)");
  const follow = () => { details.open = wide.matches; };
  wide.addEventListener("change", follow);
  details.addEventListener("click", ({ target }) => {
    if (target.closest("a") && !wide.matches) {
      details.open = false;
    }
  });
  follow();
  document.getElementById("contents").replaceChildren(details);
}

function render(markdown) {
  const article = blocks(markdown);
  article.className = "prose guide";
  article.lang = guide.language ?? "en";
  const headings = anchorHeadings(article);
  for (const heading of headings.filter(({ tagName }) => tagName !== "H1")) {
    heading.append(element("a", { class: "anchor", href: `#${heading.id}`, "aria-hidden": "true", tabindex: "-1" }));
  }
  for (const anchor of article.querySelectorAll("a:not(.anchor)")) {
    anchor.setAttribute("href", resolveLink(anchor.getAttribute("href"), guide));
  }
  for (const image of article.querySelectorAll("img")) {
    image.setAttribute("src", resolveLink(image.getAttribute("src"), guide));
  }
  return { article, sections: headings.filter(({ tagName }) => tagName === "H2") };
}

async function load() {
  if (!guide) {
    throw new Error(text.unknown);
  }
  const answer = await fetch(served(guide.file));
  if (!answer.ok) {
    throw new Error(`${text.unavailable} (${answer.status})`);
  }
  return render(await answer.text());
}

/** A Chinese reader is told once where there is something in Chinese. */
function englishOnly() {
  const chinese = guides.find((one) => one.language === "zh");
  return element("p", { class: "note", lang: "zh" }, ENGLISH_ONLY, link(address(chinese), chinese.zh), "。");
}

function show({ article, sections }) {
  document.title = `${guide[language]} · SimpleIM`;
  showMenu(sections);
  const note = language === "zh" && guide.language !== "zh" ? [englishOnly()] : [];
  document.getElementById("guide").replaceChildren(...note, article);
  // The browser looked for the section before it was there.
  document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

for (const choice of document.querySelectorAll(".languages a")) {
  choice.href = `?lang=${choice.lang}${asked === null ? "" : `&page=${encodeURIComponent(asked)}`}`;
}
try {
  show(await load());
} catch (error) {
  showMenu([]);
  document.getElementById("guide").replaceChildren(element("h1", {}, error.message));
}
