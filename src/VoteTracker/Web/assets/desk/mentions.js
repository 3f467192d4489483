// Suggests the labels of the team after an @ in a text. The arrows choose, Enter or the tabulator key takes the label, and
// Escape closes the list. A tap takes it too.

import { el, text } from "./texts.js";

const MAX = 6;
// The start of a label: the text from the last @ to the cursor, on one line.
const STARTED = /(?:^|[^\p{L}\p{N}])@([^@\n]{0,64})$/u;
let lists = 0;

// The labels of the team members who read comments.
const people = () => [...(document.getElementById("people")?.options ?? [])].filter(({ dataset }) => dataset.comments).map(({ value }) => value);

/** The list of suggestions of a field, which the caller puts after it. */
export function suggestPeople(field) {
  const id = `colleagues-${++lists}`;
  const list = el("ul", { id, className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", text("desk.comment.people"));
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", id);
  field.autocomplete = "off";
  let chosen = 0;

  const close = () => {
    list.hidden = true;
    list.replaceChildren();
    field.removeAttribute("aria-activedescendant");
  };

  const started = () => STARTED.exec(field.value.slice(0, field.selectionStart))?.[1] ?? null;

  function open() {
    const start = started()?.toLowerCase();
    const found = start === undefined ? [] : people().filter((label) => label.toLowerCase().startsWith(start) && label.toLowerCase() !== start);
    if (found.length === 0) {
      close();
      return;
    }
    chosen = 0;
    list.replaceChildren(...found.slice(0, MAX).map((label, i) => option(label, i)));
    list.hidden = false;
    mark();
  }

  function option(label, i) {
    const made = el("li", { id: `${id}-${i}` }, el("bdi", {}, label));
    made.setAttribute("role", "option");
    // Before the field loses the focus.
    made.onpointerdown = (event) => {
      event.preventDefault();
      take(label);
    };
    return made;
  }

  function mark() {
    for (const [i, one] of [...list.children].entries()) one.setAttribute("aria-selected", String(i === chosen));
    field.setAttribute("aria-activedescendant", `${id}-${chosen}`);
    list.children[chosen].scrollIntoView({ block: "nearest" });
  }

  function take(label) {
    const end = field.selectionStart;
    const begin = end - started().length;
    field.setRangeText(`${label} `, begin, end, "end");
    close();
    field.focus();
  }

  field.addEventListener("input", open);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    const { key } = event;
    const { length } = list.children;
    if (list.hidden || event.isComposing || !["ArrowDown", "ArrowUp", "Enter", "Tab", "Escape"].includes(key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (key === "Escape") close();
    else if (key === "ArrowDown" || key === "ArrowUp") {
      chosen = (chosen + (key === "ArrowDown" ? 1 : length - 1)) % length;
      mark();
    } else take(list.children[chosen].textContent);
  });
  return list;
}
