// Canned replies: «/» at the beginning opens the list, words narrow it.

import { element } from "./dom.js";
import { read } from "./server.js";
import { words } from "./settings.js";

const MOST = 12;

export class Canned {
  constructor(text, list, language) {
    this.text = text;
    this.list = list;
    this.language = language;
    this.replies = null;
    this.at = 0;
    text.addEventListener("input", () => this.look());
    list.addEventListener("mousedown", (event) => {
      const chosen = event.target.closest("li[data-at]");
      if (!chosen) return;
      event.preventDefault();
      this.take(Number(chosen.dataset.at));
    });
  }

  /** Take keys while the list is open; tells whether one was taken. */
  hear(event) {
    if (this.list.hidden || event.ctrlKey || event.metaKey) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.show(this.at + step);
    else if (event.key === "Enter" || event.key === "Tab") this.take(this.at);
    else if (event.key === "Escape") this.list.hidden = true;
    else return false;
    event.preventDefault();
    return true;
  }

  async look() {
    const asked = this.text.value;
    if (!asked.startsWith("/") || asked.includes("\n")) return (this.list.hidden = true);
    if (this.replies === null) {
      const { kind, value } = await read(`/desk/replies/ready?language=${this.language}`);
      if (kind !== "done") return;
      this.replies = value;
    }
    // Meanwhile one may have been taken.
    if (!this.text.value.startsWith("/")) return (this.list.hidden = true);
    const sought = this.text.value.slice(1).toLowerCase().split(/\s+/).filter(Boolean);
    const fits = ({ title, text }) => sought.every((word) => `${title} ${text}`.toLowerCase().includes(word));
    this.found = this.replies.filter(fits).slice(0, MOST);
    this.show(0);
  }

  show(at) {
    const count = this.found.length;
    this.at = count ? (at + count) % count : 0;
    const rows = this.found.map(({ title, text }, place) => {
      const row = element("li", "", element("b", "", title), element("span", "preview", text));
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", String(place === this.at));
      row.dataset.at = place;
      return row;
    });
    this.list.replaceChildren(...(count ? rows : [element("li", "quiet", words("talks.canned.none"))]));
    this.list.hidden = false;
    this.list.children[this.at]?.scrollIntoView({ block: "nearest" });
  }

  take(at) {
    const chosen = this.found?.[at];
    if (!chosen) return;
    this.text.value = chosen.text;
    this.list.hidden = true;
    this.text.dispatchEvent(new Event("input"));
    this.text.focus();
  }
}
