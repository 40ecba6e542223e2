// The line that says when there is no connection; a short hiccup is not worth a word.

import { icon } from "./dom.js";
import { words } from "./settings.js";

const PATIENCE = 4000; // milliseconds

export class Link {
  constructor(line) {
    this.line = line;
    this.streaming = true;
    this.reached = true;
    addEventListener("online", () => this.show());
    addEventListener("offline", () => this.show());
    this.show();
  }

  /** The stream of news is live or lost. */
  live(yes) {
    this.streaming = yes;
    if (yes) this.reached = true;
    clearTimeout(this.timer);
    if (yes) this.show();
    else this.timer = setTimeout(() => this.show(), PATIENCE);
  }

  /** The server took something, or could not be reached. */
  reach(yes) {
    this.reached = yes;
    this.show();
  }

  show() {
    const silent = navigator.onLine && this.reached;
    if (!silent) this.#say(words("offline"));
    else this.#say(this.streaming ? "" : words("connecting"));
  }

  #say(text) {
    this.line.classList.toggle("shown", Boolean(text));
    if (this.line.textContent === text) return;
    this.line.replaceChildren(...(text ? [icon("offline"), text] : []));
  }
}
