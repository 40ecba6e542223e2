// Files chosen but not yet sent, as chips above the text.

import { button, element, icon } from "./dom.js";
import { largest, words } from "./settings.js";

const MOST = 5;
const SHOWN = ["image/jpeg", "image/png"];
const KINDS = [...SHOWN, "image/heic", "image/heif", "application/pdf"];
const UNTYPED = /\.hei[cf]$/i; // a browser that does not know the kind gives it no type

/** Tell whether every browser can show a file that the person has chosen. */
export const isShown = (file) => SHOWN.includes(file.type);

const isKnown = (file) => KINDS.includes(file.type) || (!file.type && UNTYPED.test(file.name));

/** Cells and paragraphs bring a picture of themselves; what is meant is their text. */
const isFormattedText = (types) => types.includes("text/plain") && types.includes("text/html");

export class Attachments {
  /** `changed()` is told that there are more or fewer files, or a problem with one. */
  constructor({ chips, input, opener, landing, area, text }, changed) {
    this.chips = chips;
    this.problem = "";
    this.changed = changed;
    this.files = [];
    opener.addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      this.add(input.files);
      input.value = "";
      text.focus();
    });
    text.addEventListener("paste", (event) => {
      const { files, types } = event.clipboardData;
      if (!files.length || isFormattedText(types)) return;
      event.preventDefault();
      this.add(files);
    });
    this.#land(area, landing);
  }

  add(files) {
    this.problem = "";
    for (const file of files) {
      if (file.size > largest) this.problem = words("problem.file_too_large");
      else if (!isKnown(file)) this.problem = words("problem.file_kind");
      else if (file.size && this.files.length < MOST) this.files.push(file);
    }
    this.#show();
  }

  /** Hand the files over and be empty. */
  take() {
    const files = this.files;
    this.files = [];
    this.problem = "";
    this.#show();
    return files;
  }

  #show() {
    for (const shown of this.chips.querySelectorAll("img")) URL.revokeObjectURL(shown.src);
    this.chips.replaceChildren(...this.files.map((file) => this.#chip(file)));
    this.changed();
  }

  #chip(file) {
    const paper = file.type === "application/pdf";
    const picture = isShown(file) ? element("img") : icon(paper ? "sheet" : "photo");
    if (picture instanceof HTMLImageElement) {
      picture.alt = "";
      picture.src = URL.createObjectURL(file);
    }
    const remove = button("remove", icon("close"), () => {
      this.files = this.files.filter((other) => other !== file);
      this.#show();
    });
    remove.setAttribute("aria-label", `${words("remove")}: ${file.name}`);
    return element("div", "chip", picture, element("span", "", file.name), remove);
  }

  /** Files dragged over the page land in it. */
  #land(area, landing) {
    const carries = (event) => event.dataTransfer?.types.includes("Files");
    area.addEventListener("dragover", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      landing.hidden = false;
    });
    area.addEventListener("dragleave", (event) => {
      if (!area.contains(event.relatedTarget)) landing.hidden = true;
    });
    area.addEventListener("drop", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      landing.hidden = true;
      this.add(event.dataTransfer.files);
    });
  }
}
