import { browserStorage } from "./storage.js";
import en from "./texts/en.js";
import zh from "./texts/zh.js";

const LANGUAGES = { en, zh };
const STORAGE_KEY = "simpleim.demo.language";
const listeners = new Set();
let current = "en";

/** @returns `en` or `zh` */
export function language() {
  return current;
}

/** @returns the locale for `<html lang>` and Intl */
export function locale() {
  return current === "zh" ? "zh-CN" : navigator.languages?.find((tag) => tag.startsWith("en")) ?? "en";
}

/** @returns the text of a key; the values fill its placeholders */
export function t(key, ...values) {
  const text = LANGUAGES[current][key];
  if (text === undefined) {
    throw new Error(`no text "${key}"`);
  }
  return typeof text === "function" ? text(...values) : text;
}

/** @returns the message for an error with a `code` */
export function errorText(error) {
  return LANGUAGES[current].errors[error?.code] ?? error?.message ?? String(error);
}

/** Applies the language chosen before, or else the first supported one that the browser prefers. */
export function startLanguage() {
  const wanted = [browserStorage.getItem(STORAGE_KEY), ...navigator.languages.map((tag) => tag.split("-")[0])];
  apply(wanted.find((name) => name in LANGUAGES) ?? "en");
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", switchLanguage);
  }
}

/** @param {() => void} listener called after the language has changed */
export function onLanguage(listener) {
  listeners.add(listener);
}

function switchLanguage() {
  const other = current === "en" ? "zh" : "en";
  browserStorage.setItem(STORAGE_KEY, other);
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
