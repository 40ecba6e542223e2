// Building pieces of a page. Text only ever goes in as text, never as markup.

/** Make an element with a class and children; strings become text. */
export function element(tag, name = "", ...children) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A picture out of the frame's own set. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  picture.setAttribute("class", "icon");
  picture.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `#icon-${name}`);
  picture.append(use);
  return picture;
}

/** A button that does something. */
export function button(name, label, act) {
  const made = element("button", name, label);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}
