import { marked } from "../lib/marked/marked.esm.js";

/** An element with attributes and children. Strings become text; undefined and empty children are skipped. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== ""));
  return made;
}

/** Renders Markdown of our own as blocks. */
export function blocks(text) {
  const made = element("div", { class: "prose" });
  made.innerHTML = marked.parse(text);
  made.querySelectorAll("pre").forEach((block) => block.setAttribute("tabindex", "0"));
  // Every Markdown table has headings. An empty one must not be a heading for screen readers.
  made.querySelectorAll("th:empty").forEach((heading) => heading.replaceWith(element("td")));
  made.querySelectorAll("table").forEach((table) => {
    const frame = element("div", { class: "scroll", tabindex: "0" });
    table.replaceWith(frame);
    frame.append(table);
  });
  return made;
}

/** Renders Markdown of our own within a line. */
export function inline(text = "") {
  const made = element("span");
  made.innerHTML = marked.parseInline(text);
  return made;
}

/** A value as JSON, as it is on the wire. */
export function json(value) {
  return element("pre", { tabindex: "0" }, element("code", {}, JSON.stringify(value, null, 2)));
}

/** A table: a row of headings, then rows of cells. */
export function table(headings, rows) {
  const head = element("tr", {}, headings.map((heading) => element("th", { scope: "col" }, heading)));
  const body = rows.map((cells) => element("tr", {}, cells.map((cell) => element("td", {}, cell))));
  return element("div", { class: "scroll", tabindex: "0" },
    element("table", {}, element("thead", {}, head), element("tbody", {}, body)));
}
