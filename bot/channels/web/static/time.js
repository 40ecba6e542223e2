// Times and days as the reader's own clock and language have them.

import { language as spoken, words } from "./settings.js";

const language = spoken === "en" ? "en-GB" : spoken; // 24 hours, as in Russia
const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
const nearDay = new Intl.DateTimeFormat(language, { day: "numeric", month: "long" });
const farDay = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric" });

/** The time of day. */
export const timeOf = (moment) => clock.format(moment);

/** A mark that differs between days. */
export const dayOf = (moment) => new Date(moment).setHours(0, 0, 0, 0);

/** The name of a day as seen from now. */
export function nameOfDay(day, now = new Date()) {
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (day === dayOf(now)) return words("today");
  if (day === dayOf(yesterday)) return words("yesterday");
  const date = new Date(day);
  return (date.getFullYear() === now.getFullYear() ? nearDay : farDay).format(date);
}
