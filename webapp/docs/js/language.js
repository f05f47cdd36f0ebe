/**
 * The language of a page, "en" or "zh": from `?lang=`, else the earlier choice, else the browser's preference. Sets it for the page
 * and marks it in the language menu.
 */

const KEY = "simpleim.docs.language";
const KNOWN = ["en", "zh"];

/** The first known language among the wishes, by the part before the hyphen. */
function firstKnown(wishes) {
  return wishes.map((wish) => (wish ?? "").toLowerCase().split("-")[0]).find((wish) => KNOWN.includes(wish));
}

/** If the browser forbids storage, a choice lasts only as long as it is in the address. */
function stored(value) {
  try {
    if (value) {
      localStorage.setItem(KEY, value);
    }
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

const asked = firstKnown([new URLSearchParams(location.search).get("lang")]);

/** @type {"en"|"zh"} */
export const language = firstKnown([stored(asked), asked, ...navigator.languages]) ?? "en";

document.documentElement.lang = language;
const title = document.querySelector("title");
if (language === "zh" && title.dataset.zh) {
  document.title = title.dataset.zh;
}
for (const choice of document.querySelectorAll(".languages a")) {
  if (choice.lang === language) {
    choice.setAttribute("aria-current", "true");
  }
}
