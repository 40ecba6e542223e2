// The page of a notice under way: its figures follow by themselves.

import { refill } from "./fragment.js";
import { Live } from "./live.js";

const SOON = 1000; // milliseconds
const progress = document.getElementById("progress");

if (progress) {
  const { path, state: shown } = progress.dataset;
  let timer = 0;

  // What was under way when somebody paused or stopped it ends in a moment, and nobody tells.
  const follow = () => {
    const ends = shown !== "sending" && progress.querySelector("[data-under-way]");
    if (ends) timer = setTimeout(look, SOON);
  };
  const look = async () => {
    clearTimeout(timer);
    await refill(progress, `${path}/progress`);
    follow();
  };
  const heard = ({ state }) => {
    if (state !== shown) location.reload(); // other buttons belong to it now
    else look();
  };
  follow();
  new Live(`${path}/events`, { notice: heard }, look).open();
}
