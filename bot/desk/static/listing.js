// The list of a notice: as soon as a file is chosen, its columns are shown before it is taken.
//
// The field stays filled meanwhile, so the file is sent once more with what was chosen for its
// columns, and the server keeps it not even for a moment.

import { made } from "./fragment.js";
import { postForText } from "./server.js";

const PATIENCE = 180_000; // milliseconds that a file may take

const form = document.getElementById("listing");
const field = document.getElementById("file");
const columns = document.getElementById("columns");
const status = document.getElementById("looking");
let looking = null;

function tell(text, isWrong = false) {
  status.textContent = text;
  status.hidden = !text;
  status.classList.toggle("problem", isWrong);
}

/** Show the columns of the chosen file, unless another has been chosen meanwhile. */
async function look() {
  columns.replaceChildren();
  tell("");
  looking = null;
  if (!field.files.length) return;
  tell(status.dataset.says);
  const body = new FormData(form);
  body.append("look", "yes");
  const mine = postForText(form.getAttribute("action"), body, { signal: AbortSignal.timeout(PATIENCE) });
  looking = mine;
  const { kind, value, message } = await mine;
  if (looking !== mine) return;
  looking = null;
  tell(message, true);
  if (kind !== "done") return;
  columns.replaceChildren(made(value));
  form.scrollIntoView({ block: "nearest" });
}

/** Wait for the columns; who is asked about them answers first, and names at least one. */
async function taking(event) {
  if (looking) {
    event.preventDefault();
    await looking; // `look` waited first, so the columns stand on the page by now
    if (columns.querySelector("[data-sure]")) form.requestSubmit();
    else columns.querySelector("select")?.focus();
    return;
  }
  const choices = [...columns.querySelectorAll("select")];
  if (!choices.length || choices.some((each) => each.value)) return;
  event.preventDefault();
  tell(status.dataset.notChosen, true);
  choices[0].focus();
}

if (form) {
  field.addEventListener("change", look);
  form.addEventListener("submit", taking);
  columns.addEventListener("change", () => tell(""));
  if (field.files.length) look(); // a browser that came back keeps what was chosen
}
