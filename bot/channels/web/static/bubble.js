// One message as a bubble.

import { button, element, icon, spoken } from "./dom.js";
import { words } from "./settings.js";
import { layOut } from "./text.js";
import { dayOf, timeOf } from "./time.js";

const STATES = { sending: "clock", accepted: "check", failed: "alert" };

/** Pictures sent from this page, by the key of their message: kept to be shown in place. */
export const previews = new Map();

/** A message of the history. `press` is told the code and label of a button. */
export function bubble(message, press) {
  const own = message.voice === "citizen";
  const made = frame(message.voice, new Date(message.at));
  made.dataset.seq = message.seq;
  if (message.voice === "event") {
    made.append(element("p", "happened", message.text));
    return made;
  }
  made.append(body({ ...message, state: own ? "accepted" : "" }));
  if (message.buttons?.length) made.append(choices(message.buttons, press));
  return made;
}

/** A message of our own that the server has not echoed yet. */
export function ownBubble(item, { retry, drop }) {
  const made = frame("citizen", new Date(item.at));
  made.dataset.key = item.key;
  made.dataset.state = item.state;
  const files = item.file ? [item.file.type] : [];
  made.append(body({ ...item, voice: "citizen", text: item.label ?? item.text ?? "", files }));
  if (item.state === "failed") {
    const again = button("again", words("retry"), () => retry(item.key));
    made.append(
      element("div", "repair", element("span", "problem", item.problem ?? ""), again,
        button("again", words("drop"), () => drop(item.key))),
    );
  }
  return made;
}

function frame(voice, at) {
  const made = element("article", `message ${voice}`);
  made.dataset.day = dayOf(at);
  made.dataset.at = at.getTime();
  made.dataset.voice = voice;
  return made;
}

function body({ voice, text, note, files = [], document: name, key, at, state }) {
  const said = element("div", "bubble");
  if (voice === "representative") said.append(element("p", "name", words(voice)));
  else said.append(spoken(`${words(voice)}: `));
  if (files.length) said.append(element("div", "files", ...files.map((kind) => picture(kind, key))));
  if (text) {
    const laid = element("div", "text");
    laid.append(voice === "citizen" ? element("p", "typed", text) : layOut(text));
    said.append(laid);
  }
  if (name?.startsWith("extract-")) said.append(extract(name));
  if (name) said.append(isPicture(name) ? sentPicture(name) : paper(name));
  if (note) said.append(element("p", "note", note));
  said.append(stamp(new Date(at), state));
  return said;
}

const isPicture = (name) => /^(photo|picture)-/.test(name);

/** A picture that a representative has sent: looked at here, saved by a press. */
function sentPicture(name) {
  const file = `${name}.${name.startsWith("photo-") ? "jpg" : "png"}`;
  const shown = element("img", "preview");
  shown.alt = words("photo");
  shown.src = `chat/documents/${file}`;
  const link = element("a", "sent", shown);
  link.href = shown.src;
  link.download = file;
  return link;
}

/** An extract to be shown from the screen. */
function extract(name) {
  const shown = element("img", "extract");
  shown.alt = words("extract");
  shown.src = `chat/documents/${name}.png`;
  return shown;
}

/** A document to be saved or printed; it is drawn when it is asked for. */
function paper(name) {
  const isCalendar = name.startsWith("calendar-");
  const label = words(isCalendar ? "calendar" : "document");
  const link = element("a", "document", icon("sheet"), element("span", "", label));
  const file = `${name}.${isCalendar ? "ics" : "pdf"}`;
  link.href = `chat/documents/${file}`;
  link.download = file;
  return link;
}

function stamp(at, state) {
  const time = element("time", "", timeOf(at));
  time.dateTime = at.toISOString();
  const made = element("span", "stamp", time);
  if (state) made.append(icon(STATES[state]), spoken(`, ${words(`state.${state}`)}`));
  return made;
}

/** A file as its content type, with its name on the server if it was kept there. */
function picture(type, key) {
  const [kind, name] = type.split("; name=");
  const source = previews.get(key) ?? (name && `chat/files/${name}`);
  if (!source || !kind.startsWith("image/")) return label(kind);
  const shown = element("img", "preview");
  shown.alt = words("photo");
  shown.addEventListener("error", () => shown.replaceWith(label(kind))); // it did not stay
  shown.src = source;
  return shown;
}

function label(kind) {
  const paper = kind === "application/pdf";
  return element("span", "file", icon(paper ? "sheet" : "photo"), words(paper ? "pdf" : "photo"));
}

function choices(buttons, press) {
  const made = element("div", "choices");
  for (const { code, label } of buttons) {
    made.append(button("choice", label, () => press(code, label)));
  }
  return made;
}
