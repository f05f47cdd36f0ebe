import { locale } from "./i18n.js";

const DAY = 86_400_000;
const formats = new Map();

/** A day's number, to tell whether two times (Unix seconds) are of one day here. */
export function dayOf(seconds) {
  const date = new Date(seconds * 1000);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY;
}

/** Such as 14:05. */
export function clock(seconds) {
  return format({ hour: "numeric", minute: "2-digit" }, seconds);
}

/** In full, for who points at a time. */
export function moment(seconds) {
  return format({ dateStyle: "full", timeStyle: "medium" }, seconds);
}

/** The line above a day's messages: Today, Yesterday, or its date. */
export function dayLine(seconds) {
  const ago = today() - dayOf(seconds);
  if (ago === 0 || ago === 1) {
    return relativeDay(ago);
  }
  return format({ weekday: "long", day: "numeric", month: "long", ...year(seconds) }, seconds);
}

/** When something was last said, for the list: as short as it can be understood. */
export function shortTime(seconds) {
  const ago = today() - dayOf(seconds);
  if (ago <= 0) {
    return clock(seconds);
  }
  if (ago === 1) {
    return relativeDay(1);
  }
  return ago < 7
    ? format({ weekday: "short" }, seconds)
    : format({ day: "numeric", month: "short", ...year(seconds) }, seconds);
}

function today() {
  return dayOf(Date.now() / 1000);
}

function year(seconds) {
  const isThisYear = new Date(seconds * 1000).getFullYear() === new Date().getFullYear();
  return isThisYear ? {} : { year: "numeric" };
}

function relativeDay(ago) {
  const text = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(-ago, "day");
  return text.charAt(0).toLocaleUpperCase(locale()) + text.slice(1);
}

function format(options, seconds) {
  const key = locale() + JSON.stringify(options);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(locale(), options));
  }
  return formats.get(key).format(seconds * 1000);
}
