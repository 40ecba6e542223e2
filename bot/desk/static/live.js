// News of the server: comes back by itself, and says since when nothing has been sent.

import { icon } from "./dom.js";
import { timeOf, words } from "./settings.js";

const SILENCE = 45_000; // milliseconds without even a beat
const LONGEST_PAUSE = 20_000;
const PATIENCE = 4000; // a short hiccup is not worth a word

/** The line under the head that says when there is no connection. */
class Link {
  constructor() {
    this.line = document.getElementById("link");
    this.since = null;
  }

  lost() {
    this.since ??= new Date();
    this.timer ??= setTimeout(() => this.#show(words("offline", { time: timeOf(this.since) })), PATIENCE);
  }

  back() {
    clearTimeout(this.timer);
    this.timer = null;
    this.since = null;
    this.#show("");
  }

  out() {
    this.#show(words("signed_out"));
  }

  #show(text) {
    this.line.classList.toggle("shown", Boolean(text));
    this.line.replaceChildren(...(text ? [icon("offline"), text] : []));
  }
}

export const link = new Link();

/**
 * Listen at an address. `hear` maps names of news to functions of their data; `back()` is
 * called whenever the connection is there again, to see what was missed.
 */
export class Live {
  constructor(path, hear, back = () => {}) {
    this.path = path;
    this.hear = hear;
    this.back = back;
    this.failures = 0;
    this.last = "";
    addEventListener("online", () => this.failures && this.open());
    document.addEventListener("visibilitychange", () => document.hidden || !this.failures || this.open());
  }

  open() {
    this.close();
    const mark = this.path.includes("?") ? "&" : "?";
    const source = new EventSource(this.last ? `${this.path}${mark}after=${encodeURIComponent(this.last)}` : this.path);
    for (const [name, act] of Object.entries(this.hear)) {
      source.addEventListener(name, (event) => {
        this.#heard(event.lastEventId);
        act(JSON.parse(event.data), event.lastEventId);
      });
    }
    source.addEventListener("beat", () => this.#heard(""));
    source.addEventListener("out", () => {
      this.close();
      link.out();
    });
    source.onerror = () => this.#lost();
    this.source = source;
    this.#watch();
  }

  close() {
    clearTimeout(this.timer);
    clearTimeout(this.silence);
    this.source?.close();
    this.source = null;
  }

  #heard(id) {
    if (id) this.last = id;
    const wasLost = this.failures > 0;
    this.failures = 0;
    link.back();
    this.#watch();
    if (wasLost) this.back();
  }

  #watch() {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.#lost(), SILENCE);
  }

  /** Come back later, each time a little more patiently, and not all pages at one moment. */
  #lost() {
    this.close();
    this.failures += 1;
    link.lost();
    const pause = Math.min(LONGEST_PAUSE, 500 * 2 ** this.failures);
    this.timer = setTimeout(() => this.open(), pause * (0.5 + Math.random() / 2));
  }
}
