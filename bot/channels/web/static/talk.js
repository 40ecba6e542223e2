// The conversation on the page: bubbles in the order of the history, ours to be sent below.

import { bubble, ownBubble } from "./bubble.js";
import { element } from "./dom.js";
import { dayOf, nameOfDay } from "./time.js";

const TOGETHER = 5 * 60_000; // milliseconds within which bubbles of one voice stand together

export class Talk {
  /** `press(code, label)`, `retry(key)` and `drop(key)` are told what the person wants. */
  constructor({ log, outgoing }, acts) {
    this.log = log;
    this.outgoing = outgoing;
    this.acts = acts;
  }

  /** Put a page of older messages on top. */
  prepend(messages) {
    const first = this.log.querySelector(".message");
    const made = messages.map((message) => bubble(message, this.acts.press));
    this.log.prepend(...made);
    let before = null;
    for (const each of [...made, first]) {
      if (each) this.#relate(before, each);
      before = each;
    }
    this.#quieten();
  }

  /** Put a new message at the end; it takes the place of our own that it echoes. */
  append(message, { quick = false } = {}) {
    const before = this.log.querySelector(".message:last-of-type");
    const made = bubble(message, this.acts.press);
    const sent = message.key && this.#sent(message.key);
    if (sent) sent.remove();
    else if (!quick) made.classList.add("fresh");
    this.log.append(made);
    this.#relate(before, made);
    this.#refreshOwn();
    this.#quieten();
    return made;
  }

  /** Show what is on its way out, in order. */
  showOwn(items) {
    const keys = new Set(items.map((item) => item.key));
    for (const each of this.outgoing.querySelectorAll(".message")) {
      if (!keys.has(each.dataset.key)) each.remove();
    }
    for (const item of items) this.#showOne(item);
    this.#refreshOwn();
    this.#quieten();
  }

  /** Where reading goes on: the person's last words, or else the last bubble at all. */
  get anchor() {
    const own = document.querySelectorAll(".message.citizen");
    const all = document.querySelectorAll(".message");
    return own[own.length - 1] ?? all[all.length - 1] ?? null;
  }

  /** Name the days anew: at midnight today becomes yesterday. */
  renameDays() {
    for (const each of document.querySelectorAll(".day")) {
      each.firstChild.textContent = nameOfDay(Number(each.dataset.day));
    }
  }

  #sent(key) {
    return this.outgoing.querySelector(`[data-key="${CSS.escape(key)}"]`);
  }

  #showOne(item) {
    const shown = this.#sent(item.key);
    if (shown?.dataset.state === item.state) return;
    const made = ownBubble(item, this.acts);
    if (shown) {
      shown.replaceWith(made);
    } else {
      made.classList.add("fresh");
      this.outgoing.append(made);
    }
  }

  #refreshOwn() {
    let before = this.log.querySelector(".message:last-of-type");
    for (const each of this.outgoing.querySelectorAll(".message")) {
      this.#relate(before, each);
      before = each;
    }
  }

  /** Part days by a divider, and let bubbles of one voice stand together. */
  #relate(before, each) {
    const divided = each.previousElementSibling;
    if (divided?.classList.contains("day")) divided.remove();
    const sameDay = before?.dataset.day === each.dataset.day;
    if (!sameDay) {
      const day = Number(each.dataset.day);
      const made = element("p", "day", element("span", "", nameOfDay(day)));
      made.dataset.day = day;
      each.before(made);
    }
    const near = sameDay && each.dataset.at - before.dataset.at < TOGETHER;
    each.classList.toggle("joined", near && before.dataset.voice === each.dataset.voice);
  }

  /** Buttons above the person's last words stay readable but step back. */
  #quieten() {
    const all = [...document.querySelectorAll(".message")];
    const last = all.map((each) => each.dataset.voice).lastIndexOf("citizen");
    all.forEach((each, place) => each.classList.toggle("past", place < last));
  }
}

/** Wake when the day changes, so its dividers can be named anew. */
export function atMidnight(act) {
  const now = Date.now();
  const next = dayOf(now) + 25 * 3_600_000;
  setTimeout(() => {
    act();
    atMidnight(act);
  }, Math.max(60_000, dayOf(next) - now));
}
