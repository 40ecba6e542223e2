// Masked data, shown for a while to whoever says what for. Without this script the same button
// leads to a page that asks.

import { ask } from "./reveal_dialog.js";
import { element } from "./dom.js";
import { post } from "./server.js";
import { say } from "./toast.js";

const SHOWN = 60_000; // milliseconds; then it is masked again

async function reveal(holder) {
  const purpose = await ask();
  if (!purpose) return;
  const { kind, value, message } = await post("/desk/reveal", { what: holder.dataset.masked, ...purpose });
  if (kind !== "done") return say(message, { wrong: true });
  const before = [...holder.childNodes];
  holder.replaceChildren(element("b", "", value.value));
  setTimeout(() => holder.replaceChildren(...before), SHOWN);
}

export function begin() {
  document.addEventListener("submit", (event) => {
    const holder = event.target.closest("[data-masked]");
    if (!holder) return;
    event.preventDefault();
    reveal(holder);
  });
}
