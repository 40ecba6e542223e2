// What the server tells every page: its language, its words, the token against forgery.

const settings = JSON.parse(document.getElementById("settings").textContent);

export const { language, csrf } = settings;

/** The text for people under a key, without its `desk.` beginning; `{blanks}` are filled. */
export function words(key, blanks = {}) {
  const text = settings.words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => blanks[name] ?? whole);
}

const clock = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
  hour: "2-digit",
  minute: "2-digit",
});

/** The time of day, as the reader's own clock has it. */
export const timeOf = (moment) => clock.format(moment);
