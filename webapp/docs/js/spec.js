import { load } from "../lib/js-yaml/js-yaml.mjs";
import { language } from "./language.js";

const PREFIX = "x-zh-";

/** A description of the API in the language of the page: what stands there in English, or its neighbour in Chinese. */
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
