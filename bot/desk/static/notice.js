// The page of a notice under way: its figures follow by themselves.

import { refill } from "./fragment.js";
import { Live } from "./live.js";

const progress = document.getElementById("progress");

if (progress) {
  const { path } = progress.dataset;
  const look = () => refill(progress, `${path}/progress`);
  const heard = ({ state }) => {
    if (state !== progress.dataset.state) location.reload(); // other buttons belong to it now
    else look();
  };
  new Live(`${path}/events`, { notice: heard }, look).open();
}
