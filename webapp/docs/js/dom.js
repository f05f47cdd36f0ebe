import { marked } from "../lib/marked/marked.esm.js";

/** An element with attributes and children; texts become text, what is not there is left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== ""));
  return made;
}

/** A text of ours in Markdown, as blocks. */
export function blocks(text) {
  const made = element("div", { class: "prose" });
  made.innerHTML = marked.parse(text);
  made.querySelectorAll("pre").forEach((block) => block.setAttribute("tabindex", "0"));
  // Markdown has no table without headings; one without text is none for screen readers.
  made.querySelectorAll("th:empty").forEach((heading) => heading.replaceWith(element("td")));
  made.querySelectorAll("table").forEach((table) => {
    const frame = element("div", { class: "scroll", tabindex: "0" });
    table.replaceWith(frame);
    frame.append(table);
  });
  return made;
}

/** A text of ours in Markdown, within a line. */
export function inline(text = "") {
  const made = element("span");
  made.innerHTML = marked.parseInline(text);
  return made;
}

/** What stands on the wire. */
export function json(value) {
  return element("pre", { tabindex: "0" }, element("code", {}, JSON.stringify(value, null, 2)));
}

/** Rows of cells below a row of headings. */
export function table(headings, rows) {
  const head = element("tr", {}, headings.map((heading) => element("th", { scope: "col" }, heading)));
  const body = rows.map((cells) => element("tr", {}, cells.map((cell) => element("td", {}, cell))));
  return element("div", { class: "scroll", tabindex: "0" },
    element("table", {}, element("thead", {}, head), element("tbody", {}, body)));
}
