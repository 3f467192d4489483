// A field of a form with its label.

import { el } from "./texts.js";

export function field(name, label, { className, ...properties }, list) {
  const input = el(properties.rows ? "textarea" : "input", { name, dir: properties.type ? null : "auto", ...properties });
  if (list) {
    input.setAttribute("list", list);
    input.autocomplete = "off";
  }
  return el("label", { className: className ?? "" }, el("span", {}, label), input);
}

/** The form closes with the key Escape, and the focus returns. */
export function closeWithEscape(form, opener) {
  form.onkeydown = (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    form.remove();
    opener.focus();
  };
}

/** Draws an item again after its form was saved. The focus stays at the button that opens the form. */
export function redraw(item, next) {
  item.replaceWith(next);
  next.querySelector("button").focus({ preventScroll: true });
}
