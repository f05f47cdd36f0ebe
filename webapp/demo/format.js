import { locale } from "./i18n.js";

const DAY = 86_400_000;
const formats = new Map();

/** @returns a number for the local day of a time in Unix seconds */
export function dayOf(seconds) {
  const date = new Date(seconds * 1000);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY;
}

/** The time of day, such as 14:05. */
export function timeOfDay(seconds) {
  return format({ hour: "numeric", minute: "2-digit" }, seconds);
}

/** The full date and time, for tooltips. */
export function fullTime(seconds) {
  return format({ dateStyle: "full", timeStyle: "medium" }, seconds);
}

/** The heading above a day's messages: Today, Yesterday, or the date. */
export function dayHeading(seconds) {
  const ago = today() - dayOf(seconds);
  if (ago === 0 || ago === 1) {
    return relativeDay(ago);
  }
  return format({ weekday: "long", day: "numeric", month: "long", ...year(seconds) }, seconds);
}

/** A time in the shortest unambiguous form, for the conversation list. */
export function shortTime(seconds) {
  const ago = today() - dayOf(seconds);
  if (ago <= 0) {
    return timeOfDay(seconds);
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
