// The card of a state: it opens in place below its row. What it shows depends on the reader: a form, or a text to read.

import { onChange } from "./queue.js";
import { rows } from "./rows.js";

const template = document.getElementById("card");

// The open card: its row, its element, and what its kind keeps in it.
export let open = null;
let kind = null;

export function start(kindOfReader) {
  kind = kindOfReader;
  document.getElementById("states").addEventListener("click", ({ target }) => {
    const button = target.closest(".row");
    if (button) toggle(rows.get(button.closest("li").dataset.iso3));
  });
  onChange((event) => open && event.iso3 === open.row.iso3 && kind.change(open, event));
  addEventListener("votetracker:person", () => {
    close();
    kind.forget?.();
  });
}

const toggle = (row) => (open?.row === row ? close() : show(row));

export function show(row) {
  close();
  const element = template.content.firstElementChild.cloneNode(true);
  element.setAttribute("aria-label", row.name);
  element.querySelector("[data-do=close]").onclick = () => close(true);
  open = { row, element, part: (name) => element.querySelector(`[data-part=${name}]`) };
  row.element.append(element);
  row.element.classList.add("open");
  row.button.setAttribute("aria-expanded", "true");
  kind.begin(open);
  const first = element.querySelector(".positions [aria-pressed=true]") ?? element.querySelector(".positions button, [data-do=close]");
  first?.focus({ preventScroll: true });
  row.element.scrollIntoView({ block: "nearest" });
}

export function close(withFocus = false) {
  if (!open) return;
  const { row, element } = open;
  kind.end?.(open);
  open = null;
  element.remove();
  row.element.classList.remove("open");
  row.button.setAttribute("aria-expanded", "false");
  if (withFocus) row.button.focus();
}

/** Another member of the team has changed the state whose card is open. */
export function noteNewer(row) {
  if (open?.row === row) kind.noteNewer(open);
}
