// The conversations with a state, on its card. A correction keeps the history.

import { bdi, button, el, shortDay, text, word } from "./texts.js";
import { field } from "./tasks.js";
import { add } from "./unsent.js";

export function drawEngagements(place, engagements, card) {
  place.className = "talks";
  place.replaceChildren(
    el("h3", {}, text("desk.talks")),
    engagements.length > 0
      ? el("ul", {}, engagements.map((engagement) => talkItem(engagement, card)))
      : el("p", { className: "small" }, text("desk.talks.none")),
  );
}

function talkItem(engagement, card) {
  const { kind, on, createdBy, summary, outcome, confidential } = engagement;
  const head = [word("engagement-kind", kind), shortDay(on), bdi(createdBy), confidential ? text("desk.confidential.short") : null];
  const item = el("li", { className: "talk", "data-engagement": engagement.id });
  item.append(
    el("div", { className: "small" }, head.filter(Boolean).flatMap((part, i) => (i ? [" · ", part] : [part]))),
    el("div", { className: "what" }, bdi(summary)),
    ...(outcome ? [el("div", { className: "what" }, bdi(outcome))] : []),
    button(text("desk.edit"), () => item.append(editForm(item, engagement, card)), "link"),
  );
  return item;
}

function editForm(item, engagement, card) {
  item.querySelector("form")?.remove();
  const edit = (method, body) => ({
    iso3: card.row.iso3,
    name: card.row.name,
    type: "other",
    method,
    path: `/v1/engagements/${engagement.id}`,
    label: engagement.summary,
    version: engagement.version,
    body,
  });
  const form = el(
    "form",
    { className: "fields" },
    field("summary", text("desk.summary"), { defaultValue: engagement.summary, rows: 2, maxLength: 4000, required: true, className: "wide" }),
    field("outcome", text("desk.outcome"), { defaultValue: engagement.outcome ?? "", maxLength: 1000, className: "wide" }),
    field("on", text("desk.on"), { type: "date", defaultValue: engagement.on, required: true }),
    el("button", { type: "submit" }, text("desk.save")),
    button(text("desk.delete"), () => {
      item.remove();
      add(edit("DELETE", null));
    }, "second"),
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    const { summary, outcome, on } = form.elements;
    add(edit("PATCH", { summary: summary.value.trim(), outcome: outcome.value.trim() || null, on: on.value }));
    form.remove();
  };
  form.onkeydown = (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    form.remove();
    item.querySelector("button").focus();
  };
  queueMicrotask(() => form.elements.summary.focus());
  return form;
}
