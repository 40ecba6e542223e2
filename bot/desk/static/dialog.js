// Questions over the page: a form asks before it is sent, a button opens what lies ready.

import { button, element } from "./dom.js";
import { words } from "./settings.js";

/** Ask whether to go on; resolves to true or false. */
export function ask(question, act = words("go_on")) {
  const box = element("dialog");
  const settled = new Promise((settle) => {
    box.addEventListener("close", () => {
      settle(box.returnValue === "yes");
      box.remove();
    });
  });
  const yes = button("main-one", act, () => box.close("yes"));
  const no = button("", words("cancel"), () => box.close(""));
  box.append(element("p", "", question), element("div", "actions", no, yes));
  document.body.append(box);
  box.showModal();
  return settled;
}

/** `<form data-ask="…">` asks first; `<button data-opens="id">` opens a dialog of the page. */
export function begin() {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.ask ?? form.dataset.ask;
    if (!question || form.dataset.asked) return;
    event.preventDefault();
    if (!(await ask(question, event.submitter?.textContent.trim()))) return;
    form.dataset.asked = "1";
    form.requestSubmit(event.submitter);
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens).showModal();
    if (event.target.closest("[data-closes]")) event.target.closest("dialog").close("");
  });
}
