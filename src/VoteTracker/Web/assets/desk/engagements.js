// The conversations with a state, on its card. A correction keeps the history.

import { closeWithEscape, field, redraw } from "./field.js";
import { remember, withEdits } from "./fresh.js";
import { bdi, button, el, shortDay, text, word } from "./texts.js";
import { add } from "./unsent.js";

export function drawEngagements(place, items) {
  place.className = "talks";
  const none = el("p", { className: "small" }, text("desk.talks.none"));
  place.replaceChildren(el("h3", {}, text("desk.talks")), items.length > 0 ? el("ul", {}, items) : none);
}

/** The item of a conversation, with the open tasks that follow from it. */
export function talkItem(engagement, card, tasks, before = []) {
  remember(pathOf(engagement), engagement);
  const { kind, on, createdBy, summary, outcome, confidential } = withEdits(pathOf(engagement), engagement);
  const head = [word("engagement-kind", kind), shortDay(on), bdi(createdBy), confidential ? text("desk.confidential.short") : null, ...before];
  const item = el("li", { className: "talk", "data-engagement": engagement.id });
  item.append(
    el("div", { className: "small" }, head.filter(Boolean).flatMap((part, i) => (i ? [" · ", part] : [part]))),
    el("div", { className: "what" }, bdi(summary)),
    ...(outcome ? [el("div", { className: "what" }, bdi(outcome))] : []),
    button(text("desk.edit"), () => item.append(editForm(item, engagement, card, tasks, before)), "link"),
  );
  return item;
}

function editForm(item, engagement, card, tasks, before) {
  item.querySelector("form")?.remove();
  const { summary, outcome, on } = withEdits(pathOf(engagement), engagement);
  const form = el(
    "form",
    { className: "fields" },
    field("summary", text("desk.summary"), { defaultValue: summary, rows: 2, maxLength: 4000, required: true, className: "wide" }),
    field("outcome", text("desk.outcome"), { defaultValue: outcome ?? "", maxLength: 1000, className: "wide" }),
    field("on", text("desk.on"), { type: "date", defaultValue: on, required: true }),
    el("button", { type: "submit" }, text("desk.save")),
    button(text("desk.delete"), () => remove(item, engagement, card, tasks), "second"),
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    const { elements } = form;
    const body = { summary: elements.summary.value.trim(), outcome: elements.outcome.value.trim() || null, on: elements.on.value };
    const undo = { method: "PATCH", path: pathOf(engagement), label: summary, body: { summary, outcome, on } };
    add({ ...edit(engagement, card, undo, "desk.talk.changed"), method: "PATCH", body });
    redraw(item, talkItem(engagement, card, tasks, before));
  };
  closeWithEscape(form, item.querySelector("button"));
  queueMicrotask(() => form.elements.summary.focus());
  return form;
}

// Its tasks are deleted with it. Undo records it again with those that were open: the message says what is not restored.
function remove(item, engagement, card, tasks) {
  item.remove();
  const { memberState, contacts, resolution, kind, on, summary, outcome, assignee, confidential } = withEdits(pathOf(engagement), engagement);
  const follow = tasks.slice(0, 20).map(({ what, assignee: who, dueOn }) => ({ what, assignee: who, dueOn }));
  const body = { memberState, contacts, resolution, kind, on, summary, outcome, assignee, confidential, tasks: follow };
  const undo = { method: "POST", path: "/v1/engagements", label: summary, body };
  add({ ...edit(engagement, card, undo, "desk.talk.deleted"), method: "DELETE", body: null });
}

export const pathOf = ({ id }) => `/v1/engagements/${id}`;

const edit = (engagement, { row }, undo, key) => ({
  iso3: row.iso3,
  name: row.name,
  type: "other",
  path: pathOf(engagement),
  label: engagement.summary,
  version: engagement.version,
  message: { key, what: engagement.summary },
  undo,
});
