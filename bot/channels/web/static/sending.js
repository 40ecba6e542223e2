// What the person sends: kept until the server has it, sent in order, each once.
//
// Words wait in the browser's storage, which all tabs of the conversation share, so they
// outlive a reload; files wait in the memory of their own tab. A repeat is harmless: the
// server knows every item by its key.

import { hand } from "./server.js";
import { own, words } from "./settings.js";

const STORE = own("polis.outbox");
const SENDING = own("polis.sending");
const ANEW = "polis.anew";
const LONGEST_PAUSE = 30_000; // milliseconds between attempts

export class Sending {
  /** `changed()` when the list differs, `taken(item)` when the server has one, `reached(yes)`. */
  constructor({ changed, taken, reached }) {
    this.events = { changed, taken, reached };
    this.lasting = true;
    this.items = stored();
    this.failures = 0;
    this.notBefore = 0; // the server asked to wait until then
    this.busy = false;
    addEventListener("storage", (event) => event.key === STORE && this.#share());
    addEventListener("beforeunload", (event) => {
      if (this.items.some((item) => item.file)) event.preventDefault();
    });
  }

  /** Take something to be sent: `{text}`, `{code, label}`, `{opened}` or `{file, text}`. */
  add(what) {
    this.#merge();
    const item = { key: newKey(), at: Date.now(), state: "sending", ...what };
    this.items = [...this.items.filter((other) => other.key !== item.key), item];
    this.#changed();
    this.wake();
    return item.key;
  }

  /** Try again now: the connection is back, or the person asked. */
  wake() {
    clearTimeout(this.timer);
    const early = this.notBefore - Date.now();
    if (early > 0) this.timer = setTimeout(() => this.wake(), early);
    else if (!this.busy && this.#next()) this.#run();
  }

  retry(key) {
    this.#set(key, { state: "sending", problem: "" });
    this.wake();
  }

  drop(key) {
    this.#merge();
    this.items = this.items.filter((item) => item.key !== key);
    this.#changed();
  }

  /** The history shows the item, so it is no longer ours. */
  echoed(key) {
    if (this.has(key)) this.drop(key);
  }

  has(key) {
    return this.items.some((item) => item.key === key);
  }

  /** Tell whether an answer is to be expected now. */
  get expecting() {
    return Boolean(this.#next()) && !this.failures;
  }

  /** One tab sends at a time, so that order holds across them. */
  async #run() {
    this.busy = true;
    const drain = () => this.#drain();
    const done = await (navigator.locks?.request(SENDING, drain) ?? drain());
    this.busy = false;
    if (done && this.#next()) this.#run(); // something came in between
  }

  /** Send one after another; false when the rest has to wait. */
  async #drain() {
    for (;;) {
      this.#merge();
      const item = this.#next();
      if (!item) return true;
      const answer = await hand(item);
      if (!this.#learn(item, answer)) return false;
    }
  }

  #next() {
    return this.items.find((item) => item.state === "sending");
  }

  /** Act on an answer; false when the rest has to wait. */
  #learn(item, answer) {
    if (answer.kind === "unreachable") {
      this.failures += 1;
      this.events.reached(false);
      this.#pause(Math.min(LONGEST_PAUSE, 1000 * 2 ** (this.failures - 1)));
      return false;
    }
    this.failures = 0;
    this.events.reached(true);
    if (answer.kind === "later") {
      this.notBefore = Date.now() + answer.seconds * 1000;
      this.#pause(answer.seconds * 1000);
      return false;
    }
    if (answer.kind === "stranger" && beginAnew()) return false;
    if (answer.kind === "taken") {
      sessionStorage.removeItem(ANEW);
      this.#set(item.key, { state: "accepted" });
      this.events.taken(item);
    } else {
      this.#set(item.key, { state: "failed", problem: answer.message || words("problem.broken") });
    }
    return true;
  }

  #pause(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.wake(), milliseconds);
    this.events.changed();
  }

  #set(key, change) {
    this.#merge();
    this.items = this.items.map((item) => (item.key === key ? { ...item, ...change } : item));
    this.#changed();
  }

  #changed() {
    this.lasting = keep(this.items);
    this.events.changed();
  }

  /** Another tab changed the stored list. */
  #share() {
    this.#merge();
    this.events.changed();
    this.wake();
  }

  /** Join what all tabs have stored with the files that only this one holds. */
  #merge() {
    if (!this.lasting) return;
    const ours = this.items.filter((item) => item.file || item.state === "accepted");
    const keys = new Set(ours.map((item) => item.key));
    this.items = [...stored().filter((item) => !keys.has(item.key)), ...ours];
    this.items.sort((one, other) => one.at - other.at);
  }
}

function stored() {
  try {
    return JSON.parse(localStorage.getItem(STORE) ?? "[]");
  } catch {
    return [];
  }
}

/** Store what can be stored; false when the browser does not let us. */
function keep(items) {
  const lasting = items.filter((item) => !item.file && item.state !== "accepted");
  try {
    if (lasting.length) localStorage.setItem(STORE, JSON.stringify(lasting));
    else localStorage.removeItem(STORE);
    return true;
  } catch {
    return false; // full or forbidden: the list lives as long as the page
  }
}

/** Load the page again, which brings a cookie; false if that has just been tried in vain. */
function beginAnew() {
  if (sessionStorage.getItem(ANEW)) return false;
  sessionStorage.setItem(ANEW, "1");
  location.reload();
  return true;
}

function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
