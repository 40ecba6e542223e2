// Where the person reads: new messages come into view only if they were already looking there.

const NEAR = 60; // pixels from the place that count as being there
const ABOVE = 14; // pixels left over the anchor when an answer is long
const LONGEST_GLIDE = 1000; // milliseconds, where a browser does not tell the end
const TOP = 240; // pixels from the top at which older messages are fetched

const calm = matchMedia("(prefers-reduced-motion: reduce)");

export class Scroll {
  /** `anchor()` is the bubble that must stay in sight above a long answer. */
  constructor(view, pill, { anchor, wantOlder }) {
    this.view = view;
    this.pill = pill;
    this.anchor = anchor;
    this.following = true;
    this.gliding = false;
    for (const sign of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      view.addEventListener(sign, () => this.#glide(false), { passive: true });
    }
    view.addEventListener("scrollend", () => this.#settle());
    view.addEventListener("scroll", () => this.#moved(wantOlder), { passive: true });
    pill.addEventListener("click", () => this.toEnd());
    const sizes = new ResizeObserver(() => this.gliding || this.#settle());
    sizes.observe(view);
    for (const part of view.children) sizes.observe(part);
  }

  /** Go where the newest is read from its beginning; never back from further down. */
  follow({ smooth = false } = {}) {
    this.following = true;
    const top = this.#resting();
    if (this.view.scrollTop > top - 1) return;
    this.#go(top, smooth);
  }

  /** Show the very end. */
  toEnd() {
    this.following = true;
    this.#go(this.#bottom(), true);
    this.pill.hidden = true;
  }

  /** Change what is shown, then follow the news or tell of it. */
  around(change, { mine = false } = {}) {
    const follows = this.following || mine;
    change();
    if (follows) this.follow({ smooth: true });
    this.#tell(!follows);
  }

  /** Put something on top without moving what is being read. */
  keeping(change) {
    const fromEnd = this.view.scrollHeight - this.view.scrollTop;
    change();
    this.view.scrollTop = this.view.scrollHeight - fromEnd;
  }

  #go(top, smooth) {
    this.#glide(true);
    this.view.scrollTo({ top, behavior: smooth && !calm.matches ? "smooth" : "instant" });
  }

  /** While the page moves by itself, its place says nothing about the person's wish. */
  #glide(yes) {
    clearTimeout(this.timer);
    this.gliding = yes;
    if (yes) this.timer = setTimeout(() => this.#settle(), LONGEST_GLIDE);
  }

  /** Sizes may have changed on the way. */
  #settle() {
    this.#glide(false);
    if (this.following) this.follow();
  }

  #bottom() {
    return this.view.scrollHeight - this.view.clientHeight;
  }

  #resting() {
    const anchor = this.anchor();
    const bottom = this.#bottom();
    return Math.max(0, anchor ? Math.min(bottom, anchor.offsetTop - ABOVE) : bottom);
  }

  #moved(wantOlder) {
    const { scrollTop } = this.view;
    if (!this.gliding) this.following = scrollTop >= this.#resting() - NEAR;
    if (scrollTop >= this.#bottom() - NEAR) this.pill.hidden = true;
    if (scrollTop < TOP) wantOlder();
  }

  #tell(news) {
    if (news && this.view.scrollTop < this.#bottom() - NEAR) this.pill.hidden = false;
  }
}
