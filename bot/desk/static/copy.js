// Buttons that copy: `<button data-copy="text">`, or `data-copies="id"` of what holds the text.

import { words } from "./settings.js";
import { say } from "./toast.js";

export function begin() {
  document.addEventListener("click", async (event) => {
    const copier = event.target.closest("[data-copy], [data-copies]");
    if (!copier) return;
    const from = copier.dataset.copies && document.getElementById(copier.dataset.copies);
    try {
      await navigator.clipboard.writeText(from ? (from.dataset.plain ?? from.innerText) : copier.dataset.copy);
      say(words("copied"));
    } catch {
      say(words("not_copied"), { wrong: true });
    }
  });
}
