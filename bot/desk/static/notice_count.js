// The form of a notice: how many people it is for follows what is chosen, quietly.
//
// One question is under way at a time. What changes meanwhile is asked once it is answered, as it
// stands by then, and the answer to what is no longer chosen is not shown.

import { made } from "./fragment.js";
import { postForText } from "./server.js";

const SETTLED = 700; // milliseconds without a change before it is asked
const count = document.getElementById("count");
const shown = count.querySelector("output");
const button = count.querySelector("button");
const { form } = button;

let timer = 0;
let asked = false; // a question is under way
let newest = 0; // which state of the form was asked for last

function later() {
  newest += 1;
  shown.setAttribute("aria-busy", "true");
  clearTimeout(timer);
  timer = setTimeout(ask, SETTLED);
}

function now() {
  newest += 1;
  clearTimeout(timer);
  ask();
}

async function ask() {
  if (asked) return;
  asked = true;
  const mine = newest;
  shown.setAttribute("aria-busy", "true");
  const { kind, value, message } = await postForText(button.formAction, [...new FormData(form)]);
  asked = false;
  if (mine !== newest) {
    clearTimeout(timer);
    timer = setTimeout(ask, SETTLED);
    return;
  }
  shown.removeAttribute("aria-busy");
  if (kind === "done") shown.replaceChildren(made(value));
  else shown.textContent = message;
}

form.addEventListener("change", ({ target }) => target.name !== "title" && later());
form.addEventListener("input", ({ target }) => target.type === "number" && later());
button.addEventListener("click", (event) => {
  event.preventDefault();
  now();
});
if (!shown.childElementCount) now();
