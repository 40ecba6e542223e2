// Plain text as paragraphs, lists and links, safe whatever it says.

import { element } from "./dom.js";

const ITEM = "• ";
const LINK = new RegExp(
  [
    "(?<mail>[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+)",
    "(?<site>(?:https?:\\/\\/)?(?:[a-zа-яё0-9-]+\\.)+(?:ru|su|рф|org|com)(?![\\wа-яё])(?:\\/[^\\s«»<>]*)?)",
    "(?<phone>(?:\\+7|8)[ \\u00a0(-]{0,2}\\d{3}[ \\u00a0)-]{0,2}\\d{3}[ \\u00a0-]?\\d{2}[ \\u00a0-]?\\d{2}(?!\\d))",
  ].join("|"),
  "giu",
);

/** Lay a text out: paragraphs by empty lines, list items by their bullet. */
export function layOut(text) {
  const laid = document.createDocumentFragment();
  for (const block of text.split(/\n\s*\n/)) {
    let list = null;
    let paragraph = null;
    for (const line of block.split("\n")) {
      if (line.startsWith(ITEM)) {
        paragraph = null;
        list ??= laid.appendChild(element("ul"));
        list.append(element("li", "", linked(line.slice(ITEM.length))));
      } else if (line.trim()) {
        list = null;
        if (paragraph) paragraph.append(element("br"));
        paragraph ??= laid.appendChild(element("p"));
        paragraph.append(linked(line));
      }
    }
  }
  return laid;
}

/** A text with its sites, mail addresses and phones made into links. */
export function linked(text) {
  const parts = document.createDocumentFragment();
  let from = 0;
  for (const found of text.matchAll(LINK)) {
    if (/[\wа-яё@]/iu.test(text[found.index - 1] ?? "")) continue;
    const words = found[0].replace(/[.,;:!?)]+$/u, "");
    parts.append(text.slice(from, found.index), link(words, found.groups));
    from = found.index + words.length;
  }
  parts.append(text.slice(from));
  return parts;
}

function link(words, { mail, phone }) {
  const made = element("a", "", words);
  if (mail) {
    made.href = `mailto:${words}`;
  } else if (phone) {
    made.href = `tel:${words.replace(/[^+\d]/g, "")}`;
    made.className = "phone";
  } else {
    made.href = /^https?:\/\//i.test(words) ? words : `https://${words}`;
    made.target = "_blank";
    made.rel = "noopener noreferrer";
  }
  return made;
}
