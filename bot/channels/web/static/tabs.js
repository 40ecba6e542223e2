// Tabs of one conversation: the one being looked at listens, and tells the others.
//
// A browser allows six connections to a site in all; a stream per tab would use them up.

import { own } from "./settings.js";

const LISTENING = own("polis.listening");

export class Tabs {
  /** `open()` and `close()` the stream; `hear(told)` what another tab has told. */
  constructor({ open, close, hear }) {
    this.open = open;
    this.close = close;
    this.listening = false;
    this.air = "BroadcastChannel" in window ? new BroadcastChannel(own("polis")) : null;
    this.air?.addEventListener("message", (event) => hear(event.data));
  }

  start() {
    if (!navigator.locks || !this.air) {
      this.listening = true;
      this.open();
      return;
    }
    this.#listen(!document.hidden);
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && !this.listening) this.#listen(true);
    });
  }

  /** Tell the other tabs. */
  tell(told) {
    this.air?.postMessage(told);
  }

  /** Wait for the turn to listen, or take it at once. */
  async #listen(now) {
    this.waiting?.abort();
    this.waiting = now ? null : new AbortController();
    const how = now ? { steal: true } : { signal: this.waiting.signal };
    try {
      await navigator.locks.request(LISTENING, how, () => this.#hold());
    } catch {
      if (!this.listening) return;
      this.listening = false;
      this.close();
      this.#listen(false);
    }
  }

  /** Listen for as long as nobody takes the turn away. */
  #hold() {
    this.waiting = null;
    this.listening = true;
    this.open();
    return new Promise(() => {});
  }
}
