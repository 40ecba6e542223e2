// The question what personal data is needed for.

/** Resolves to `{purpose, words}`, or to null when it was called off. */
export function ask() {
  const box = document.getElementById("reveal");
  const form = box.querySelector("form");
  form.reset();
  box.returnValue = "";
  const settled = new Promise((settle) => {
    box.addEventListener(
      "close",
      () => settle(box.returnValue === "yes" ? Object.fromEntries(new FormData(form)) : null),
      { once: true },
    );
  });
  box.showModal();
  return settled;
}
