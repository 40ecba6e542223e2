// Keys. Whatever has `data-key` is pressed by it, and «?» lists what the page has.
//
// `data-key="n"` is one key, `data-key="g q"` two after one another. The list takes its words
// from `data-says`, or from the element itself. While somebody types, single keys are text.

import { button, element } from "./dom.js";
import { words } from "./settings.js";

const PAUSE = 1500; // milliseconds that a first key waits for its second
let first = "";
let timer = 0;

function isTyping(target) {
  const field = target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  return Boolean(field?.checkVisibility()); // a field of a box just closed keeps the focus until the next frame
}

function shown() {
  return [...document.querySelectorAll("[data-key]")].filter((each) => each.checkVisibility());
}

function press(keys) {
  const found = shown().find((each) => each.dataset.key === keys);
  if (!found) return false;
  if (found.matches("input, textarea, select")) found.focus();
  else found.click();
  return true;
}

function keysOf(text) {
  return element("dt", "", ...text.split(" ").map((key) => element("kbd", "", key)));
}

/** Show the list. */
export function list() {
  if (document.querySelector("dialog[open]")) return;
  const rows = shown().map((each) => [each.dataset.key, each.dataset.says ?? each.textContent.trim()]);
  if (document.querySelector("tr[tabindex]")) rows.push(["j k", words("keys.rows")], ["Enter", words("keys.open")]);
  rows.push(["?", words("keys.list")], ["Esc", words("keys.close")]);
  const keys = element("dl", "keys");
  for (const [key, says] of rows) keys.append(keysOf(key), element("dd", "", says));
  const box = element("dialog", "", element("h2", "", words("keys.title")), keys);
  box.append(element("div", "actions", button("", words("close"), () => box.close())));
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

function hear(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "?") return list();
  clearTimeout(timer);
  // The same place on the keyboard, whatever its layout: «п» is where «g» is.
  const key = /^Key[A-Z]$/.test(event.code) ? event.code.at(-1).toLowerCase() : event.key;
  const done = (first && press(`${first} ${key}`)) || press(key);
  first = done ? "" : key;
  if (done) event.preventDefault();
  timer = setTimeout(() => (first = ""), PAUSE);
}

export function begin() {
  document.addEventListener("keydown", hear);
  document.getElementById("keys")?.addEventListener("click", list);
}
