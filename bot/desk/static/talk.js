// One dialog: its history grows by itself, the case beside it follows.

import { begin as composing } from "./composer.js";
import { made, refill } from "./fragment.js";
import { Live } from "./live.js";
import { readText } from "./server.js";
import { begin as viewing } from "./viewer.js";

const talk = document.getElementById("talk");
const lines = document.getElementById("lines");
const down = document.getElementById("down");
const path = talk.dataset.path;
let last = Number(talk.dataset.last);
let isReading = false;

const isAtEnd = () => lines.scrollHeight - lines.scrollTop - lines.clientHeight < 80;

function toEnd() {
  lines.scrollTop = lines.scrollHeight;
  down.hidden = true;
}

/** Read what came after the last message, as often as there is more. */
async function newer(upTo) {
  if (isReading) return;
  isReading = true;
  try {
    while (last < upTo) {
      const { kind, value } = await readText(`${path}/newer?after=${last}`);
      if (kind !== "done") return;
      const wasAtEnd = isAtEnd();
      const news = made(value);
      const places = [...news.querySelectorAll("[data-seq]")].map((each) => Number(each.dataset.seq));
      if (places.length === 0) return;
      last = Math.max(...places);
      lines.append(news);
      if (wasAtEnd) toEnd();
      else down.hidden = false;
      document.querySelector("#composer [name=seen]").value = last;
    }
  } finally {
    isReading = false;
  }
}

function heard(standing) {
  for (const [seq, tick] of Object.entries(standing.ticks)) {
    const shown = lines.querySelector(`[data-tick="${seq}"]`);
    if (shown && shown.textContent !== tick) shown.textContent = tick;
  }
  if (standing.state !== talk.dataset.state) {
    // Words that lead nowhere any more are not left to be pressed; what is typed stays.
    const [state, leader] = standing.state.split(":");
    const [before, led] = talk.dataset.state.split(":");
    if (leader !== led || [state, before].some((one) => !["led", "awaiting"].includes(one))) {
      document.getElementById("changed").hidden = false;
    }
    talk.dataset.state = standing.state;
  }
  refill(document.getElementById("case"), `${path}/case`);
  newer(standing.last);
}

async function older(event) {
  const link = event.target.closest("[data-older]");
  if (!link) return;
  event.preventDefault();
  const { kind, value } = await readText(link.getAttribute("href"));
  if (kind !== "done") return;
  const height = lines.scrollHeight;
  link.closest("p").replaceWith(made(value));
  lines.scrollTop += lines.scrollHeight - height; // what was read stays under the eye
}

lines.addEventListener("click", older);
lines.addEventListener("scroll", () => isAtEnd() && (down.hidden = true));
down.addEventListener("click", toEnd);
const sought = /^#m\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
if (sought) sought.scrollIntoView({ block: "center" });
else toEnd();
document.getElementById("to-newest")?.remove(); // what follows is read by itself
viewing(lines);
composing(path);
new Live(`${path}/events`, { talk: heard }).open();
