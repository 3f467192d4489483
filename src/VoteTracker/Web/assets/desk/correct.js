// The form that corrects an edit which was refused: the texts, days and names in it.

import { closeWithEscape, field } from "./field.js";
import { el, text } from "./texts.js";
import { retry } from "./unsent.js";

// Each field with the key of its label.
const FIELDS = [
  ["text", "desk.comments", { rows: 3, maxLength: 4000, className: "wide" }],
  ["summary", "desk.summary", { rows: 2, maxLength: 4000, className: "wide" }],
  ["outcome", "desk.outcome", { maxLength: 1000, className: "wide" }],
  ["on", "desk.on", { type: "date" }],
  ["what", "desk.next", { maxLength: 1000, className: "wide" }],
  ["dueOn", "desk.due", { type: "date" }],
  ["assignee", "desk.assignee", { maxLength: 64 }, "people"],
  ["note", "desk.note", { rows: 2, maxLength: 4000, className: "wide" }],
  ["evidenceUrl", "desk.link", { maxLength: 2000, className: "wide" }],
  ["reason", "desk.reason", { maxLength: 1000, className: "wide" }],
];

const placesOf = ({ body }) => [body, body?.stance, ...(body?.tasks ?? [])].filter(Boolean);

/** The form of an edit; null if nothing in it can be corrected. */
export function correctionForm(edit, opener) {
  const fields = placesOf(edit).flatMap((place, at) => FIELDS.filter(([name]) => place[name] !== undefined).map((known) => drawField(place, at, known)));
  if (fields.length === 0) return null;
  // A contact can have been deleted since.
  const contacts = el("input", { type: "checkbox", checked: true });
  const form = el(
    "form",
    { className: "fields" },
    fields.map(({ element }) => element),
    edit.body.contacts?.length > 0 ? el("label", { className: "check" }, contacts, el("span", {}, text("desk.contact"))) : null,
    el("button", { type: "submit" }, text("desk.save")),
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    const places = placesOf(edit);
    for (const { at, name, element } of fields) places[at][name] = element.querySelector("[name]").value.trim() || null;
    if (!contacts.checked) edit.body.contacts = [];
    form.remove();
    retry(edit, { content: correctContent(edit) });
  };
  closeWithEscape(form, opener);
  return form;
}

function drawField(place, at, [name, label, properties, list]) {
  return { at, name, element: field(name, text(label), { ...properties, defaultValue: place[name] ?? "" }, list) };
}

// The texts that the row and the card show.
function correctContent({ content, body }) {
  const stance = body.stance ?? body;
  const texts = Object.fromEntries(["note", "evidenceUrl"].filter((name) => stance[name] !== undefined).map((name) => [name, stance[name]]));
  return content ? { ...content, ...texts } : content;
}
