// Tables whose rows lead somewhere: `<tr tabindex="0" data-href="…">`, by mouse and by keys.

function open(row) {
  if (row?.dataset.href) location.assign(row.dataset.href);
}

function step(by) {
  const rows = [...document.querySelectorAll("tr[tabindex]")];
  const at = rows.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by;
  rows[Math.max(0, Math.min(rows.length - 1, next))]?.focus();
}

export function begin() {
  document.addEventListener("click", (event) => {
    if (!event.target.closest("a, button, input, label, select")) open(event.target.closest("tr[tabindex]"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, textarea, select, dialog") || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter" && event.target.matches("tr[tabindex]")) open(event.target);
    const by = { KeyJ: 1, ArrowDown: 1, KeyK: -1, ArrowUp: -1 }[event.code];
    if (!by || !document.querySelector("tr[tabindex]")) return;
    if (event.code.startsWith("Arrow") && !event.target.matches("tr[tabindex]")) return;
    event.preventDefault();
    step(by);
  });
}
