// A list of tasks: tick one off, correct it, add one. The card of a state and the page of tasks use it.

import { bdi, button, el, root, shortDay, text, today } from "./texts.js";
import { add } from "./unsent.js";

export function drawTasks(place, tasks, about) {
  place.className = "tasks";
  place.replaceChildren(
    el("h3", {}, text("desk.tasks")),
    el("ul", {}, tasks.map((task) => taskItem(task))),
    addForm(about),
  );
}

export function taskItem(task, before = []) {
  const isLate = task.dueOn && !task.doneOn && task.dueOn < today();
  const item = el("li", { className: `task${task.doneOn ? " done" : ""}`, "data-task": task.id });
  const box = el("input", { type: "checkbox", checked: Boolean(task.doneOn), "data-key": `task ${task.id}` });
  box.setAttribute("aria-label", text("desk.task.done", { what: `\u2068${task.what}\u2069` }));
  box.onchange = () => tick(item, task, box.checked);
  const due = task.dueOn ? el("span", { className: isLate ? "late" : "" }, text(isLate ? "desk.late" : "desk.due-on", { day: shortDay(task.dueOn) })) : null;
  const who = task.assignee && task.assignee !== root.dataset.me ? bdi(task.assignee) : null;
  const details = [...before, due, who].filter(Boolean).flatMap((part, i) => (i ? [" · ", part] : [part]));
  item.replaceChildren(
    box,
    el("div", {}, el("div", { className: "what" }, bdi(task.what)), el("div", { className: "small" }, details)),
    button(text("desk.edit"), () => item.append(editForm(item, task)), "link"),
  );
  return item;
}

const patch = (task, body, more = {}) => ({
  iso3: task.memberState ?? undefined,
  type: "other",
  method: "PATCH",
  path: `/v1/tasks/${task.id}`,
  label: task.what,
  version: task.version,
  body,
  ...more,
});

function tick(item, task, isDone) {
  item.classList.toggle("done", isDone);
  const undo = patch(task, { doneOn: task.doneOn ?? null });
  const message = { key: isDone ? "desk.task.ticked" : "desk.task.opened", what: task.what };
  return add(patch(task, { doneOn: isDone ? today() : null }, { undo, message }));
}

function editForm(item, task) {
  item.querySelector("form")?.remove();
  const form = el(
    "form",
    { className: "fields" },
    field("what", text("desk.next"), { defaultValue: task.what, maxLength: 1000, required: true, className: "wide" }),
    field("dueOn", text("desk.due"), { type: "date", defaultValue: task.dueOn ?? "" }),
    field("assignee", text("desk.assignee"), { defaultValue: task.assignee ?? "", maxLength: 64 }, "people"),
    el("button", { type: "submit" }, text("desk.save")),
    button(text("desk.delete"), () => remove(item, task), "second"),
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    add(patch(task, read(form)));
    form.remove();
  };
  form.onkeydown = (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    form.remove();
    item.querySelector("button").focus();
  };
  queueMicrotask(() => form.elements.what.focus());
  return form;
}

function remove(item, task) {
  item.remove();
  const { what, memberState, resolution, contact, engagement, assignee, dueOn, doneOn } = task;
  const body = { what, memberState, resolution, contact, engagement, assignee, dueOn, doneOn };
  const undo = { iso3: memberState ?? undefined, type: "other", method: "POST", path: "/v1/tasks", label: what, body };
  add(patch(task, null, { method: "DELETE", undo, message: { key: "desk.task.deleted", what } }));
}

export function addForm(about) {
  const form = el(
    "form",
    { className: "fields add" },
    field("what", text("desk.task.new"), { maxLength: 1000, required: true, autocomplete: "off", placeholder: " ", className: "wide", "data-key": "new task" }),
    field("dueOn", text("desk.due"), { type: "date" }),
    field("assignee", text("desk.assignee"), { maxLength: 64, placeholder: root.dataset.me }, "people"),
    el("button", { type: "submit", className: "second" }, text("desk.task.add")),
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    const content = read(form);
    const body = { ...about, ...content, assignee: content.assignee ?? "me" };
    form.reset();
    add({ iso3: about.memberState, type: "other", method: "POST", path: "/v1/tasks", label: content.what, body });
  };
  return form;
}

const read = ({ elements }) => ({
  what: elements.what.value.trim(),
  dueOn: elements.dueOn.value || null,
  assignee: elements.assignee.value.trim() || null,
});

export function field(name, label, { className, ...properties }, list) {
  const input = el(properties.rows ? "textarea" : "input", { name, dir: properties.type ? null : "auto", ...properties });
  if (list) input.setAttribute("list", list);
  return el("label", { className: className ?? "" }, el("span", {}, label), input);
}
