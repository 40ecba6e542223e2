// The stream of news: it resumes after the last message seen, and knows when it has gone deaf.

const SILENCE = 60_000; // milliseconds without even a beat
const LONGEST_PAUSE = 20_000;

export class Stream {
  /** `last()` is the place of the last message seen; `arrive(message)`; `live(yes)`. */
  constructor({ last, arrive, live }) {
    this.last = last;
    this.arrive = arrive;
    this.live = live;
    this.failures = 0;
  }

  open() {
    this.close();
    const source = new EventSource(`chat/events?after=${this.last()}`);
    source.onmessage = (event) => {
      this.#heard();
      this.arrive(JSON.parse(event.data));
    };
    source.addEventListener("beat", () => this.#heard());
    source.onerror = () => this.#lost();
    this.source = source;
    this.#watch();
  }

  close() {
    clearTimeout(this.timer);
    clearTimeout(this.watch);
    this.source?.close();
    this.source = null;
  }

  /** Try at once: the network is said to be back. */
  wake() {
    if (this.failures) this.open();
  }

  #heard() {
    this.failures = 0;
    this.live(true);
    this.#watch();
  }

  #watch() {
    clearTimeout(this.watch);
    this.watch = setTimeout(() => this.#lost(), SILENCE);
  }

  /** Come back later, each time a little more patiently, and not all pages at one moment. */
  #lost() {
    this.close();
    this.failures += 1;
    this.live(false);
    const pause = Math.min(LONGEST_PAUSE, 500 * 2 ** this.failures);
    this.timer = setTimeout(() => this.open(), pause * (0.5 + Math.random() / 2));
  }
}
