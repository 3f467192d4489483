// The work on a state, on its card: the team member who is responsible, the tasks, and the conversations.

import { get } from "./api.js";
import { drawEngagements } from "./engagements.js";
import { drawTasks } from "./tasks.js";
import { button, el, root, text } from "./texts.js";
import { add } from "./unsent.js";

const LIMIT = 20;

export async function drawWork(card) {
  const place = card.element.querySelector("[data-part=work]");
  if (!card.work) {
    card.work = { assignment: el("div"), tasks: el("section"), talks: el("section") };
    place.replaceChildren(card.work.assignment, card.work.tasks, card.work.talks);
  }
  await reloadWork(card);
}

// Reads the work again, unless the reader is writing in it.
export async function reloadWork(card) {
  const { iso3 } = card.row;
  const { work } = card;
  if (!work || hasText(card.element.querySelector("[data-part=work]"))) return;
  const about = `memberState=${iso3}&limit=${LIMIT}`;
  const [tasks, talks] = await Promise.all([
    get(`/v1/tasks?status=open&${about}`),
    get(`/v1/engagements?${about}`),
  ]);
  if (!card.element.isConnected || hasText(card.element.querySelector("[data-part=work]"))) return;
  const focused = card.element.querySelector("[data-part=work]").contains(document.activeElement) ? document.activeElement.dataset.key : null;
  drawAssignment(card);
  if (tasks.kind === "ok") drawTasks(work.tasks, tasks.json.items, { memberState: iso3, resolution: root.dataset.resolution });
  if (talks.kind === "ok") drawEngagements(work.talks, talks.json.items, card);
  if (focused) card.element.querySelector(`[data-key="${focused}"]`)?.focus({ preventScroll: true });
}

const hasText = (place) =>
  [...place.querySelectorAll("input, textarea")].some((field) => field.type !== "checkbox" && field.value !== field.defaultValue);

function drawAssignment(card) {
  const { iso3, name, work } = card.row;
  const path = `/v1/resolutions/${root.dataset.resolution}/assignments/${iso3}`;
  const assign = (assignee) =>
    add({
      iso3,
      name,
      type: "other",
      path,
      label: text("desk.assignee"),
      method: assignee ? "PUT" : "DELETE",
      body: assignee ? { assignee } : null,
      version: work.assignment ?? null,
    });
  const field = el("input", { defaultValue: work.assignee ?? "", maxLength: 64, autocomplete: "off", dir: "auto", "data-key": "assignee" });
  field.setAttribute("list", "people");
  field.onchange = () => {
    const assignee = field.value.trim();
    field.defaultValue = field.value;
    assign(assignee);
  };
  const isMe = work.assignee === root.dataset.me;
  card.work.assignment.className = "fields assignment";
  card.work.assignment.replaceChildren(
    el("label", {}, el("span", {}, text("desk.assignee")), field),
    isMe ? "" : button(text("desk.assign-me"), () => assign(root.dataset.me), "second"),
  );
}
