import { pageStorage } from "./store.js";

const SYSTEM_TIMERS = {
  now: () => Date.now(),
  setTimeout: (task, millis) => setTimeout(task, millis),
  clearTimeout: (timer) => clearTimeout(timer),
  random: () => Math.random(),
};

/** Checks the application's options and adds the defaults. */
export function completeOptions(options) {
  if (typeof options?.getToken !== "function") {
    throw new TypeError("getToken has to be a function");
  }
  if (!options.url) {
    throw new TypeError("url is missing: the server's address");
  }
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return {
    firstSync: "unread",
    firstSyncLimit: 200,
    catchUpLimit: 2_000,
    autoAck: true,
    maxQueued: 1_000,
    answerTimeoutMillis: 10_000,
    timers: SYSTEM_TIMERS,
    storage: pageStorage(),
    WebSocket: globalThis.WebSocket,
    ...given,
    fetch: given.fetch ?? ((...request) => globalThis.fetch(...request)),
    base: baseOf(given.url),
  };
}

/** The base address ends with a slash, so that relative paths resolve below it. */
function baseOf(url) {
  const base = new URL(url, globalThis.location?.href);
  if (base.protocol !== "http:" && base.protocol !== "https:") {
    throw new TypeError("url has to be the server's address, with http or https");
  }
  base.search = base.hash = "";
  base.pathname = base.pathname.replace(/\/?$/, "/");
  return base;
}
