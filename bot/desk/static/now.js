// How it stands now: looked at again whenever something has changed, and the focus stays.

import { made } from "./fragment.js";
import { Live } from "./live.js";
import { readText } from "./server.js";

const board = document.getElementById("board");
let looking = false;

/** Find again what had the focus: by its own name, or by where its form leads. */
function placeOf(each) {
  if (each?.id) return `#${CSS.escape(each.id)}`;
  const action = each?.closest("form")?.getAttribute("action");
  return action ? `form[action="${CSS.escape(action)}"] button` : "";
}

async function look() {
  if (looking || document.hidden || document.querySelector("dialog[open]")) return;
  looking = true;
  const { kind, value } = await readText(board.dataset.board);
  looking = false;
  if (kind !== "done") return;
  // Only now, and at one go: the focus may have moved while the answer was on its way.
  const place = board.contains(document.activeElement) ? placeOf(document.activeElement) : "";
  board.replaceChildren(made(value));
  if (place) board.querySelector(place)?.focus();
}

document.addEventListener("visibilitychange", look);
new Live("/desk/now/events", { changed: look }, look).open();
