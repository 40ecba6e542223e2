// Talking to the server. Every answer is one of few kinds, because there are few things to do.

import { seen } from "./settings.js";

const PAGE = { "X-Polis-Page": "1" };
const PATIENCE = 30_000; // milliseconds for a message
const PATIENCE_FOR_FILE = 180_000;

/**
 * Hand one item in. Resolves to `{kind}`: "taken", "refused" (with the server's words),
 * "stranger" (it has no cookie of ours), "later" (after some seconds) or "unreachable".
 */
export async function hand(item) {
  const post = item.file ? uploading(item) : saying(item);
  let answer;
  try {
    answer = await fetch(post.where, {
      method: "POST",
      credentials: "same-origin",
      signal: timeout(item.file ? PATIENCE_FOR_FILE : PATIENCE),
      ...post.what,
    });
  } catch {
    return { kind: "unreachable" };
  }
  if (answer.ok) return { kind: "taken" };
  if (answer.status === 429) {
    return { kind: "later", seconds: Number(answer.headers.get("Retry-After")) || 2 };
  }
  if (answer.status >= 500 || answer.status === 408) return { kind: "unreachable" };
  const { message = "" } = await answer.json().catch(() => ({}));
  return { kind: answer.status === 401 ? "stranger" : "refused", message };
}

/** Read a page of history: `{before}`, `{after}`, or the newest. Throws when unreachable. */
export async function read(place = {}) {
  const answer = await fetch(`chat/messages?${new URLSearchParams(place)}`, {
    credentials: "same-origin",
    signal: timeout(PATIENCE),
  });
  if (answer.status === 401 && seen) location.reload(); // the window is closed: the server says so
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).messages;
}

function saying({ key, text, code, opened }) {
  const headers = { ...PAGE, "Content-Type": "application/json" };
  return { where: "chat/messages", what: { headers, body: JSON.stringify({ key, text, code, opened }) } };
}

function uploading({ key, text, file }) {
  const body = new FormData();
  body.append("key", key);
  body.append("caption", text ?? "");
  body.append("file", file);
  return { where: "chat/files", what: { headers: PAGE, body } };
}

function timeout(milliseconds) {
  const giveUp = new AbortController();
  setTimeout(() => giveUp.abort(), milliseconds);
  return giveUp.signal;
}
