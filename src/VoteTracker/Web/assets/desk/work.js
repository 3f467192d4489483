// The work on a state, on its card: the team member who is responsible, the tasks, and the conversations. Those of this
// resolution come first; those of another one say so.

import { list } from "./api.js";
import { drawEngagements, talkItem, pathOf as pathOfTalk } from "./engagements.js";
import { isDeleted } from "./fresh.js";
import { released } from "./pointer.js";
import { onChange } from "./queue.js";
import { draw, rows } from "./rows.js";
import { drawTasks, taskItem, pathOf as pathOfTask } from "./tasks.js";
import { bdi, button, el, link, parts, root, text } from "./texts.js";
import { add } from "./unsent.js";

const LIMIT = 20;
const PATHS = { tasks: pathOfTask, talks: pathOfTalk };

export async function drawWork(card) {
  if (!card.work) {
    card.work = { assignment: el("div"), tasks: el("section"), talks: el("section"), whole: new Set() };
    card.part("work").replaceChildren(card.work.assignment, card.work.tasks, card.work.talks);
  }
  await reloadWork(card);
}

/** Reads the work again, unless the reader is writing in it. */
export async function reloadWork(card) {
  const place = card.part("work");
  if (!card.work || isWriting(place)) return;
  const about = `memberState=${card.row.iso3}&limit=1000`;
  const turn = (card.work.asked = (card.work.asked ?? 0) + 1);
  const [tasks, talks] = await Promise.all([list(`/v1/tasks?status=open&${about}`), list(`/v1/engagements?${about}`)]);
  await released();
  if (!card.element.isConnected || isWriting(place)) return;
  // A later request has been answered before.
  if (turn < (card.work.shown ?? 0)) return;
  card.work.shown = turn;
  card.work.loaded = { tasks: tasks ?? card.work.loaded?.tasks, talks: talks ?? card.work.loaded?.talks };
  show(card);
}

function show(card) {
  const { loaded, assignment, tasks, talks } = card.work;
  const place = card.part("work");
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  drawAssignment(assignment, card.row);
  if (loaded.tasks) {
    const items = firstOf(card, "tasks", (task, before) => taskItem(task, before));
    drawTasks(tasks, items, { memberState: card.row.iso3, resolution: root.dataset.resolution });
  }
  if (loaded.talks) {
    const following = (talk) => (loaded.tasks ?? []).filter((task) => task.engagement === talk.id);
    drawEngagements(talks, firstOf(card, "talks", (talk, before) => talkItem(talk, card, following(talk), before)));
  }
  if (focused) place.querySelector(`[data-key="${focused}"]`)?.focus({ preventScroll: true });
}

// The items of this resolution, those of no resolution, and those of others; at first not more than fit on a card.
function firstOf(card, kind, draw) {
  const here = root.dataset.resolution;
  const rank = ({ resolution }) => (resolution === here ? 0 : resolution ? 2 : 1);
  const kept = card.work.loaded[kind].filter((item) => !isDeleted(PATHS[kind](item)));
  const all = kept.toSorted((a, b) => rank(a) - rank(b));
  const shown = card.work.whole.has(kind) ? all : all.slice(0, LIMIT);
  const items = shown.map((item) => draw(item, rank(item) === 2 ? [linkTo(item)] : []));
  if (shown.length === all.length) return items;
  const more = button(text("desk.more", { n: all.length - shown.length }), () => {
    card.work.whole.add(kind);
    show(card);
  }, "link");
  return [...items, el("li", { className: "more" }, more)];
}

const linkTo = ({ resolution, memberState }) =>
  el("span", {}, ...parts("desk.about", { what: el("a", { href: link(`/desk/${resolution}#${memberState}`) }, bdi(resolution)) }));

// A form that is open stays, also unchanged. That for a new task is always there.
const isWriting = (place) =>
  place.querySelector("form:not(.add)") !== null ||
  [...place.querySelectorAll("input, textarea")].some((field) => field.type !== "checkbox" && field.value !== field.defaultValue);

function drawAssignment(place, row) {
  const { work } = row;
  const field = el("input", { defaultValue: work.assignee ?? "", maxLength: 64, autocomplete: "off", dir: "auto", "data-key": "assignee" });
  field.setAttribute("list", "people");
  const record = (label) => {
    const before = field.defaultValue.trim();
    field.defaultValue = field.value = label;
    if (label !== before) add(assign(row, label, before));
  };
  field.onchange = () => record(field.value.trim());
  const isMe = work.assignee === root.dataset.me;
  place.className = "fields assignment";
  place.replaceChildren(
    el("label", {}, el("span", {}, text("desk.assignee")), field),
    isMe ? "" : button(text("desk.assign-me"), () => record(root.dataset.me), "second"),
  );
}

const pathOf = (iso3) => `/v1/resolutions/${root.dataset.resolution}/assignments/${iso3}`;

// The next change is made to the version of the response, and does not wait until the row is drawn again.
onChange(({ done, iso3, json }) => {
  const row = rows.get(iso3);
  if (!row || done?.path !== pathOf(iso3)) return;
  row.work = { ...row.work, assignee: json?.assignee ?? null, assignment: json?.version ?? null };
  draw(row);
});

function assign({ iso3, name, work }, assignee, before) {
  const path = pathOf(iso3);
  const request = (label) => ({ method: label ? "PUT" : "DELETE", path, body: label ? { assignee: label } : null });
  const label = `${name}: ${text("desk.assignee")}`;
  return {
    iso3,
    name,
    type: "other",
    label,
    version: work.assignment ?? null,
    ...request(assignee),
    message: { key: "desk.assigned", what: `${name}: ${assignee || "–"}` },
    undo: { ...request(before), label },
  };
}
