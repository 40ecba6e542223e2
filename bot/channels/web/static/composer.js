// Where the person writes.

import { longest, words } from "./settings.js";

const DRAFT = "polis.draft";
const NEARLY = 400; // characters left at which their number is shown
const TALLEST = 168; // pixels

export class Composer {
  /** `send(text)` is told the text, perhaps empty beside files. */
  constructor({ form, text, button, hint, attachments }, { send }) {
    Object.assign(this, { text, button, hint, attachments, send });
    this.typesByKeyboard = matchMedia("(hover: hover) and (pointer: fine)").matches;
    if (!this.typesByKeyboard) text.enterKeyHint = "enter";
    text.value = sessionStorage.getItem(DRAFT) ?? "";
    text.addEventListener("input", () => this.refresh());
    text.addEventListener("keydown", (event) => this.#key(event));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.refresh();
    if (this.typesByKeyboard) text.focus({ preventScroll: true });
  }

  /** Fit the field to its text and say how much more of it there may be. */
  refresh() {
    const { text } = this;
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight, TALLEST)}px`;
    text.classList.toggle("tall", text.scrollHeight > TALLEST);
    const left = longest - text.value.trim().length;
    const spare = left < NEARLY ? `${words("left")} ${left}` : "";
    this.#say(left < 0 ? words("problem.too_long") : this.attachments.problem || spare);
    this.button.disabled = left < 0 || !(text.value.trim() || this.attachments.files.length);
    sessionStorage.setItem(DRAFT, text.value);
  }

  #say(hint) {
    if (this.hint.textContent !== hint) this.hint.textContent = hint;
  }

  #key(event) {
    const alone = !(event.shiftKey || event.altKey || event.isComposing);
    const meant = this.typesByKeyboard ? alone : event.ctrlKey || event.metaKey;
    if (event.key !== "Enter" || !meant) return;
    event.preventDefault();
    this.#submit();
  }

  #submit() {
    if (this.button.disabled) return;
    const text = this.text.value.trim();
    this.text.value = "";
    this.send(text);
    this.refresh();
    this.text.focus({ preventScroll: true });
  }
}
