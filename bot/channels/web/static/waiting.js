// Signs of waiting: an answer that is on its way, and news in a tab nobody looks at.

const PATIENCE = 350; // milliseconds: an answer quicker than this needs no sign

export class Typing {
  constructor(sign, appeared) {
    this.sign = sign;
    this.appeared = appeared;
  }

  show(yes) {
    if (!yes) {
      clearTimeout(this.timer);
      this.timer = null;
      this.sign.hidden = true;
    } else {
      this.timer ??= setTimeout(() => {
        this.sign.hidden = false;
        this.appeared();
      }, PATIENCE);
    }
  }
}

export class Title {
  constructor() {
    this.own = document.title;
    this.unseen = 0;
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) return;
      this.unseen = 0;
      document.title = this.own;
    });
  }

  /** Count one more message, if nobody looks. */
  count() {
    if (!document.hidden) return;
    this.unseen += 1;
    document.title = `(${this.unseen}) ${this.own}`;
  }
}
