import { load } from "../lib/js-yaml/js-yaml.mjs";
import { language } from "./language.js";

const PREFIX = "x-zh-";

/** Loads an API description in the language of the page: the English texts, or the Chinese ones in `x-zh-…` beside them. */
export async function spec(file) {
  const answer = await fetch(file);
  if (!answer.ok) {
    throw new Error(`${file}: ${answer.status}`);
  }
  return translated(load(await answer.text()));
}

function translated(node) {
  if (Array.isArray(node)) {
    return node.map(translated);
  }
  if (node === null || typeof node !== "object") {
    return node;
  }
  const result = {};
  for (const [key, value] of Object.entries(node)) {
    if (!key.startsWith(PREFIX)) {
      result[key] = language === "zh" ? (node[PREFIX + key] ?? translated(value)) : translated(value);
    }
  }
  return result;
}
