// Files beside the words: chosen, dropped or pasted, looked at, taken out again.

import { made } from "./fragment.js";
import { post, readText } from "./server.js";
import { words } from "./settings.js";
import { say } from "./toast.js";
import { begin as viewing } from "./viewer.js";

const PATIENCE = 180_000; // milliseconds that a file may take

const list = document.getElementById("enclosed");
const form = document.getElementById("enclosing");
const field = document.getElementById("file");
const status = document.getElementById("kept");
let path = "";
let changed = () => {};

/** Cells and paragraphs bring a picture of themselves; what is meant is their text. */
const isFormattedText = (types) => types.includes("text/plain") && types.includes("text/html");

/** Tell whether any file stands beside the words. */
export const isEnclosing = () => Boolean(list?.children.length);

/** Show what stands beside the words now. */
export async function refresh() {
  if (!list) return;
  const { kind, value } = await readText(`${path}/enclosed`);
  if (kind === "done") list.replaceChildren(made(value));
}

async function put(files) {
  for (const file of files) {
    status.textContent = words("talks.file.sending");
    const body = new FormData();
    body.append("file", file);
    const { kind, message } = await post(`${path}/enclosed`, body, { signal: AbortSignal.timeout(PATIENCE) });
    status.textContent = "";
    if (kind !== "done") say(message, { wrong: true });
  }
  field.value = "";
  await refresh();
  changed();
}

async function takeOut(name) {
  const { kind, message } = await post(`${path}/enclosed/out`, { name });
  if (kind !== "done") say(message, { wrong: true });
  await refresh();
  changed();
  field.focus();
}

/** Take files at an address of a dialog; `then` is called when they have changed. */
export function begin(address, composer, then) {
  if (!list) return;
  path = address;
  changed = then;
  viewing(list);
  form.hidden = true; // its button is for pages without scripts
  field.addEventListener("change", () => put([...field.files]));
  list.addEventListener("click", (event) => {
    const out = event.target.closest("button[name=name]");
    if (!out) return;
    event.preventDefault();
    takeOut(out.value);
  });
  const offer = (event, files) => {
    event.preventDefault(); // a file that is dropped would be opened in place of the page
    if (composer.elements.mode.value === "citizen") put([...files]);
    else say(words("talks.file.not_in_note"), { wrong: true });
  };
  composer.addEventListener("paste", (event) => {
    const { files, types } = event.clipboardData;
    if (files.length && !isFormattedText(types)) offer(event, files);
  });
  composer.addEventListener("dragover", (event) => event.preventDefault());
  composer.addEventListener("drop", (event) => {
    const { files } = event.dataTransfer;
    if (files.length) offer(event, files);
  });
}
