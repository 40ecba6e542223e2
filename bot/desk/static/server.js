// Talking to the server. Every answer is one of few kinds, because there are few things to do.

import { csrf, words } from "./settings.js";

const PAGE = { "X-Polis-Page": "1" };
const PATIENCE = 20_000; // milliseconds

/**
 * Post a form: texts by name (an object, or pairs), a FormData, or nothing; `how` adds to what `fetch` is told.
 * Resolves to `{kind, value, message}` where kind is "done" (with what the server answered),
 * "refused" (with its words), "out" (not signed in any more) or "unreachable".
 */
export const post = (path, values = {}, how = {}) => ask(path, posted(values, how));

/** Post a form that is answered with a piece of a page, for `fragment.js`; resolves as `post` does. */
export const postForText = (path, values = {}, how = {}) =>
  ask(path, posted(values, how), (answer) => answer.text());

/** Read JSON; resolves as `post` does. */
export const read = (path) => ask(path, { headers: PAGE });

/** Read a piece of a page as text, for `fragment.js`; resolves as `post` does. */
export const readText = (path) => ask(path, { headers: PAGE }, (answer) => answer.text());

function posted(values, how) {
  const body = values instanceof FormData ? values : new URLSearchParams(values);
  return { method: "POST", body, headers: { ...PAGE, "X-Polis-Csrf": csrf }, ...how };
}

async function ask(path, how, take = (answer) => answer.json()) {
  try {
    const signal = how.signal ?? AbortSignal.timeout(PATIENCE);
    const answer = await fetch(path, { credentials: "same-origin", redirect: "error", signal, ...how });
    if (answer.ok) return { kind: "done", value: await take(answer), message: "" };
    const { message = "" } = await answer.json().catch(() => ({}));
    if (answer.status >= 500) return { kind: "unreachable", message: message || words("lost") };
    return { kind: answer.status === 401 ? "out" : "refused", message };
  } catch {
    return { kind: "unreachable", message: words("lost") };
  }
}
