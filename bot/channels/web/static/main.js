// Puts the page together: who hears what from whom.

import { Attachments, isShown } from "./attachments.js";
import { previews } from "./bubble.js";
import { Composer } from "./composer.js";
import { History } from "./history.js";
import { Link } from "./link.js";
import { Scroll } from "./scroll.js";
import { Sending } from "./sending.js";
import { hand } from "./server.js";
import { seen } from "./settings.js";
import { Stream } from "./stream.js";
import { Tabs } from "./tabs.js";
import { Talk, atMidnight } from "./talk.js";
import { Title, Typing } from "./waiting.js";

const at = (id) => document.getElementById(id);
const MENU = "m";
const ECHO = 1000; // milliseconds that the stream may need to show what was taken
const HELLO = "hello"; // one key for ever, so that a conversation is greeted once

const link = new Link(at("link"));
const typing = new Typing(at("typing"), () => scroll.following && scroll.follow());
const title = new Title();

const talk = new Talk(
  { log: at("log"), outgoing: at("outgoing") },
  {
    press: (code, label) => sending.add({ code, label }),
    retry: (key) => sending.retry(key),
    drop: (key) => sending.drop(key),
  },
);
const scroll = new Scroll(at("view"), at("newer"), {
  anchor: () => talk.anchor,
  wantOlder: () => past.older(),
});
const past = new History({ show, showOlder });
const sending = new Sending({
  changed: showOwn,
  taken: (item) => setTimeout(settle, link.streaming ? ECHO : 0, item.key),
  reached: (yes) => link.reach(yes),
});
const stream = new Stream({
  last: () => past.last,
  arrive: (message) => {
    tabs.tell({ message });
    past.arrive(message);
  },
  live: (yes) => {
    tabs.tell({ live: yes });
    hear({ live: yes });
    if (!yes && seen) past.fill(); // perhaps the window is closed
  },
});
const tabs = new Tabs({ open: () => stream.open(), close: () => stream.close(), hear });

const attachments = new Attachments(
  {
    chips: at("chips"),
    input: at("file"),
    opener: at("attach"),
    landing: at("landing"),
    area: at("chat"),
    text: at("text"),
  },
  () => composer.refresh(),
);
const composer = new Composer(
  {
    form: at("composer"),
    text: at("text"),
    button: at("send"),
    hint: at("hint"),
    attachments,
  },
  { send },
);

/** Show a message of the history at the end. */
function show(message, { quick = false } = {}) {
  const mine = message.voice === "citizen";
  if (quick) talk.append(message, { quick });
  else scroll.around(() => talk.append(message), { mine: mine && sending.has(message.key) });
  if (message.key) sending.echoed(message.key);
  if (!mine && !quick) {
    typing.show(sending.expecting);
    title.count();
  }
}

function showOlder(messages) {
  scroll.keeping(() => {
    talk.prepend(messages);
    showBeginning();
  });
}

function showBeginning() {
  at("older").hidden = !past.hasOlder;
  at("beginning").hidden = past.hasOlder;
}

/** What was taken is in the history: see that it is on the page, and wait for it no more. */
async function settle(key) {
  if (sending.has(key)) await past.fill();
  sending.echoed(key);
}

let shown = 0;

/** Show what is on its way; opening the chat is nothing to show. */
function showOwn() {
  const items = sending.items.filter((item) => item.text || item.label || item.file);
  const more = items.length > shown;
  shown = items.length;
  scroll.around(() => talk.showOwn(items), { mine: more });
  typing.show(sending.expecting);
}

/** Hear of the connection or of a message, from our own stream or another tab's. */
function hear({ message, live }) {
  if (message) past.arrive(message);
  if (live === undefined) return;
  link.live(live);
  if (live && sending.failures) sending.wake();
}

function send(text) {
  const files = attachments.take();
  if (!files.length) sending.add({ text });
  files.forEach((file, place) => {
    const key = sending.add({ file, text: place === 0 ? text : "" });
    if (isShown(file)) previews.set(key, URL.createObjectURL(file));
  });
}

/** Change the language of the assistant, then of the page. */
async function speak(event) {
  event.preventDefault();
  const { href, dataset } = event.currentTarget;
  const code = `l:${dataset.language}`;
  const { kind } = await hand({ key: `language-${Date.now()}`, code });
  if (kind === "taken") location.assign(href);
  else link.reach(kind !== "unreachable");
}

/** Begin: the history, then a greeting or what the link asked for, then news. */
async function begin() {
  let seen = 0;
  try {
    seen = await past.begin();
  } catch {
    link.reach(false);
    setTimeout(begin, 3000);
    return;
  }
  showBeginning();
  showOwn();
  scroll.follow();
  at("log").setAttribute("aria-live", "polite");
  const opened = new URLSearchParams(location.search).get("start");
  if (location.search) window.history.replaceState(null, "", location.pathname);
  if (opened) sending.add({ opened: opened.slice(0, 64) });
  else if (!seen && !sending.items.length) sending.add({ key: HELLO, opened: "" });
  tabs.start();
  sending.wake();
}

/** The person is back, or the network is: see what was missed. */
function wake() {
  stream.wake();
  sending.wake();
  if (past.first !== null) past.fill();
}

/** A phone's keyboard takes its place from the page, not from over it. */
function fit() {
  if (window.visualViewport.scale > 1.01) return; // enlarged by the person, not narrowed
  document.documentElement.style.setProperty("--height", `${window.visualViewport.height}px`);
}

at("open-menu").addEventListener("click", (event) => {
  sending.add({ code: MENU, label: event.currentTarget.getAttribute("aria-label") });
});
for (const each of document.querySelectorAll("[data-ask]")) {
  each.addEventListener("click", () => sending.add({ text: each.dataset.ask }));
}
for (const each of document.querySelectorAll("[data-language]")) {
  each.addEventListener("click", speak);
}
addEventListener("online", () => {
  if (tabs.listening) stream.open();
  wake();
});
document.addEventListener("visibilitychange", () => document.hidden || wake());
window.visualViewport?.addEventListener("resize", fit);
atMidnight(() => talk.renameDays());
begin();
