// A photo over the page: turned, made larger or smaller, by buttons and by keys.

import { button, element } from "./dom.js";
import { words } from "./settings.js";

const STEP = 1.25;
const LARGEST = 6;

function open(href) {
  const box = document.getElementById("viewer");
  const photo = element("img");
  photo.src = href;
  photo.alt = words("talks.photo");
  let turned = 0;
  let scale = 1;
  const draw = () => (photo.style.transform = `rotate(${turned}deg) scale(${scale})`);
  const turn = () => {
    turned = (turned + 90) % 360;
    draw();
  };
  const zoom = (by) => {
    scale = Math.min(LARGEST, Math.max(1 / STEP, scale * by));
    draw();
  };
  const buttons = element(
    "div",
    "actions",
    button("small", `${words("talks.turn")} ↻`, turn),
    button("small", `${words("talks.larger")} +`, () => zoom(STEP)),
    button("small", `${words("talks.smaller")} −`, () => zoom(1 / STEP)),
    button("small", words("close"), () => box.close()),
  );
  const hear = (event) => {
    const acts = { KeyR: turn, Equal: () => zoom(STEP), Minus: () => zoom(1 / STEP) };
    acts[event.code]?.();
  };
  box.replaceChildren(element("div", "stage", photo), buttons);
  box.addEventListener("keydown", hear);
  box.addEventListener("close", () => box.removeEventListener("keydown", hear), { once: true });
  box.showModal();
}

/** Let links with `data-photo` open over the page. */
export function begin(holder) {
  holder.addEventListener("click", (event) => {
    const link = event.target.closest("[data-photo]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    open(link.href);
  });
}
