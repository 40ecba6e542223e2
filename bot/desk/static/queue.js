// A live list: who waits, or applications. Rows stay where they are: what is new waits behind a button.

import { made } from "./fragment.js";
import { Live } from "./live.js";
import { readText } from "./server.js";
import { words } from "./settings.js";

const rows = document.getElementById("rows");
const fresh = document.getElementById("fresh");
const nobody = document.getElementById("nobody");
let latest = null;

const byName = (holder) => new Map([...holder.querySelectorAll("tr[data-row]")].map((row) => [row.dataset.row, row]));

/** Put the newest rows in the place of what is shown. */
function showAll() {
  if (latest === null) return;
  rows.replaceChildren(made(latest));
  fresh.hidden = true;
  nobody.hidden = rows.querySelector("tr") !== null;
}

/** Bring rows that are shown up to date where they stand; count those that are not shown yet. */
function merge(text) {
  latest = text;
  const now = byName(made(text));
  const here = byName(rows);
  if (here.size === 0) return showAll();
  for (const [name, row] of here) {
    const newest = now.get(name);
    row.className = newest?.className ?? "gone";
    if (newest) row.replaceChildren(...newest.children);
  }
  const count = [...now.keys()].filter((name) => !here.has(name)).length;
  fresh.hidden = count === 0;
  fresh.textContent = words("talks.fresh", { count });
}

async function look() {
  const { kind, value } = await readText(rows.dataset.rows);
  if (kind === "done") merge(value);
}

function queue(counts) {
  for (const [view, count] of Object.entries(counts)) {
    const shown = document.querySelector(`[data-count="${view}"]`);
    if (!shown) continue;
    shown.textContent = count;
    shown.hidden = count === 0 && shown.hasAttribute("data-quiet");
  }
  look();
}

fresh.addEventListener("click", showAll);
if (!new URL(location.href).searchParams.has("after")) new Live(rows.dataset.events, { queue }, look).open();
