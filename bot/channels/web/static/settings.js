// What the server tells the page: its language, limits and words.

const settings = JSON.parse(document.getElementById("settings").textContent);

export const { language, longest, largest } = settings;

/** The text for people under a key, without its `web.` beginning. */
export const words = (key) => settings.words[key] ?? key;
