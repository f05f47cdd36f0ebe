import { ofBrowser } from "./storage.js";
import en from "./texts/en.js";
import zh from "./texts/zh.js";

const LANGUAGES = { en, zh };
const KEPT = "simpleim.demo.language";
const listeners = new Set();
let current = "en";

/** `en` or `zh`. */
export function language() {
  return current;
}

/** What `<html lang>` and Intl are told. */
export function locale() {
  return current === "zh" ? "zh-CN" : navigator.languages?.find((tag) => tag.startsWith("en")) ?? "en";
}

/** The text of a key; what it has in it follows. */
export function t(key, ...values) {
  const text = LANGUAGES[current][key];
  if (text === undefined) {
    throw new Error(`no text "${key}"`);
  }
  return typeof text === "function" ? text(...values) : text;
}

/** What to tell people of an error that has a `code`. */
export function errorText(error) {
  return LANGUAGES[current].errors[error?.code] ?? error?.message ?? String(error);
}

/** Takes the language that was chosen before, or the first of the browser's that there is. */
export function startLanguage() {
  const wanted = [ofBrowser.getItem(KEPT), ...navigator.languages.map((tag) => tag.split("-")[0])];
  apply(wanted.find((name) => name in LANGUAGES) ?? "en");
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", switchLanguage);
  }
}

/** @param {() => void} listener that renders anew */
export function onLanguage(listener) {
  listeners.add(listener);
}

function switchLanguage() {
  const other = current === "en" ? "zh" : "en";
  ofBrowser.setItem(KEPT, other);
  apply(other);
  listeners.forEach((listener) => listener());
}

function apply(name) {
  current = name;
  document.documentElement.lang = locale();
  const other = name === "en" ? "zh" : "en";
  for (const button of document.querySelectorAll("[data-language]")) {
    button.textContent = LANGUAGES[other].languageName;
    button.lang = other;
  }
  for (const link of document.querySelectorAll("[data-reference]")) {
    link.search = `?lang=${name}`;
  }
  fill("data-t", (node, text) => (node.textContent = text));
  fill("data-t-placeholder", (node, text) => (node.placeholder = text));
  fill("data-t-label", (node, text) => {
    node.setAttribute("aria-label", text);
    if (node.matches("button")) {
      node.title = text;
    }
  });
}

function fill(attribute, put) {
  for (const node of document.querySelectorAll(`[${attribute}]`)) {
    put(node, t(node.getAttribute(attribute)));
  }
}
