// Short messages in the corner: what was done, what was not.

import { element, icon } from "./dom.js";

const SHOWN = 6000; // milliseconds
const SHOWN_WRONG = 12_000;

/** Say something; what went wrong stays longer. */
export function say(text, { wrong = false } = {}) {
  const shown = element("div", wrong ? "toast wrong" : "toast", icon(wrong ? "alert" : "check"), text);
  document.getElementById("toasts").append(shown);
  setTimeout(() => shown.remove(), wrong ? SHOWN_WRONG : SHOWN);
}

/** Let what the server has put there go as well. */
export function begin() {
  for (const shown of document.querySelectorAll(".toast")) setTimeout(() => shown.remove(), SHOWN);
  const here = new URL(location.href);
  if (!here.searchParams.has("done")) return;
  here.searchParams.delete("done"); // a reload does not do it again
  history.replaceState(null, "", here);
}
