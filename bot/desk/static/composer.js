// Writing: two modes, each with words of its own that are kept; sent once, refused kindly.

import { Canned } from "./canned.js";
import { element } from "./dom.js";
import { begin as enclosing, isEnclosing, refresh } from "./enclosing.js";
import { link } from "./live.js";
import { post } from "./server.js";
import { words } from "./settings.js";
import { say } from "./toast.js";

const PAUSE = 800; // milliseconds after the last key until what was typed is kept
const AGAIN = 5000; // milliseconds until what was not sent is tried once more

const form = document.getElementById("composer");
const text = document.getElementById("text");
const guard = document.getElementById("guard");
const kept = document.getElementById("kept");
const written = { citizen: text.dataset.citizen, note: text.dataset.note };
let path = "";
let timer = 0;
let again = 0;
let turn = 0;
let isKept = true;

const mode = () => form.elements.mode.value;

/** A key of one message: sent again with it, it is sent once. */
const newKey = () => (form.elements.key.value = crypto.randomUUID());

async function keep(how = {}) {
  clearTimeout(timer);
  isKept = true;
  const asked = (turn += 1);
  const { kind, value } = await post(`${path}/compose`, { mode: mode(), text: text.value }, how);
  if (asked !== turn) return; // something newer is on its way
  kept.textContent = words(kind === "done" ? "talks.kept" : "talks.not_kept");
  if (kind === "done") guard.replaceChildren(...value.warnings.map((each) => element("li", "", each)));
}

function typed() {
  written[mode()] = text.value;
  kept.textContent = "";
  isKept = false;
  turn += 1;
  clearTimeout(timer);
  timer = setTimeout(keep, PAUSE);
}

function switched() {
  form.dataset.mode = mode();
  text.value = written[mode()];
  kept.textContent = "";
  guard.replaceChildren();
  newKey();
  text.focus();
}

async function send() {
  const now = mode();
  const body = text.value;
  const hasFiles = now === "citizen" && isEnclosing();
  if (!body.trim() && !hasFiles) return;
  clearTimeout(again);
  clearTimeout(timer);
  const { kind, message } = await post(`${path}/send`, [...new FormData(form)]);
  if (kind === "done") {
    if (mode() === now && text.value === body) text.value = "";
    if (mode() === now) written[now] = text.value;
    isKept = true;
    kept.textContent = "";
    guard.replaceChildren();
    newKey();
    link.back();
    if (hasFiles) refresh();
  } else if (kind === "unreachable") {
    link.lost();
    say(words("talks.unsent"), { wrong: true });
    again = setTimeout(() => text.value === body && mode() === now && send(), AGAIN);
  } else {
    say(message, { wrong: true });
    newKey();
  }
}

export function begin(address) {
  path = address;
  newKey();
  const canned = new Canned(text, document.getElementById("canned"), document.getElementById("talk").dataset.language);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  form.addEventListener("change", (event) => event.target.name === "mode" && switched());
  enclosing(path, form, () => mode() === "citizen" && keep());
  text.addEventListener("input", typed);
  text.addEventListener("keydown", (event) => {
    if (canned.hear(event)) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    }
    if (event.key === "Escape") text.blur();
  });
  text.addEventListener("blur", () => isKept || keep());
  addEventListener("pagehide", () => isKept || keep({ keepalive: true }));
}
