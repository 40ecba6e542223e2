// The history as this page has seen it: every message once, in order, without gaps.

import { read } from "./server.js";

export class History {
  /** `show(message, {quick})` puts a message at the end, `showOlder(messages)` on top. */
  constructor({ show, showOlder }) {
    this.show = show;
    this.showOlder = showOlder;
    this.first = null;
    this.last = 0;
    this.filling = null;
    this.reading = false;
  }

  /** Read the newest page. Throws when the server cannot be reached. */
  async begin() {
    const messages = await read();
    for (const message of messages) this.#take(message, { quick: true });
    this.first = messages[0]?.seq ?? 1;
    return messages.length;
  }

  /** Take a message from wherever it came: known ones are passed by, gaps are read first. */
  arrive(message) {
    if (message.seq <= this.last) return;
    if (message.seq === this.last + 1) this.#take(message);
    else this.fill();
  }

  /** Read what follows the last message seen, to the end. */
  fill() {
    this.filling ??= this.#fill().finally(() => {
      this.filling = null;
    });
    return this.filling;
  }

  get hasOlder() {
    return this.first !== null && this.first > 1;
  }

  /** Read one older page. */
  async older() {
    if (this.reading || !this.hasOlder) return;
    this.reading = true;
    try {
      const messages = await read({ before: this.first });
      this.first = messages[0]?.seq ?? 1;
      this.showOlder(messages);
    } catch {
      // Scrolling up once more asks again.
    } finally {
      this.reading = false;
    }
  }

  async #fill() {
    for (;;) {
      const messages = await read({ after: this.last }).catch(() => []);
      const fresh = messages.filter((message) => message.seq > this.last);
      if (!fresh.length) return;
      for (const message of fresh) this.#take(message);
    }
  }

  #take(message, how = {}) {
    if (message.seq <= this.last) return;
    this.last = message.seq;
    this.show(message, how);
  }
}
