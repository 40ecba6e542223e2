// What the server tells the page: its language, limits and words.

const settings = JSON.parse(document.getElementById("settings").textContent);

export const { language, longest, largest, window: seen } = settings;

/** What this page calls its own in the browser's storage: a window shares nothing with others. */
export const own = (name) => (seen ? `${name}${location.pathname}` : name);

/** The text for people under a key, without its `web.` beginning. */
export const words = (key) => settings.words[key] ?? key;
