// Pieces of pages that the server has written, put into a page that is open.
//
// The only place where markup enters: it is ours, from this very server, and escaped there. The
// policy of trusted types lets no other code do it.

import { readText } from "./server.js";

const policy = globalThis.trustedTypes?.createPolicy("polis-fragment", { createHTML: (text) => text });

/** Make elements out of what the server has written. */
export function made(text) {
  const holder = document.createElement("template");
  holder.innerHTML = policy ? policy.createHTML(text) : text;
  return holder.content;
}

/** Read a piece and put it in the place of what an element holds; tells how it went. */
export async function refill(element, path) {
  const answer = await readText(path);
  if (answer.kind === "done") element.replaceChildren(made(answer.value));
  return answer.kind;
}
