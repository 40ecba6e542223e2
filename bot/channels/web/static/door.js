// The page of a link: the token stands behind «#», where no server sees it, and is sent by a press.

const form = document.getElementById("door");
const token = location.hash.slice(1);

form.elements.token.value = token;
form.addEventListener("submit", () => {
  form.querySelector("button").disabled = true; // once is enough: the link opens once
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload(); // come back by the browser's own button
});
