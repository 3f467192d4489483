// A list of tasks: tick one off, correct it, add one. The card of a state and the page of tasks use it.

import { closeWithEscape, field, redraw } from "./field.js";
import { remember, withEdits } from "./fresh.js";
import { bdi, button, el, root, shortDay, text, today } from "./texts.js";
import { add } from "./unsent.js";

export function drawTasks(place, items, about) {
  place.className = "tasks";
  place.replaceChildren(el("h3", {}, text("desk.tasks")), el("ul", {}, items), addForm(about));
}

/** The item of a task. Its details begin with these elements. */
export function taskItem(task, before = []) {
  remember(pathOf(task), task);
  const { what, dueOn, doneOn, assignee } = withEdits(pathOf(task), task);
  const isLate = dueOn && !doneOn && dueOn < today();
  const item = el("li", { className: `task${doneOn ? " done" : ""}`, "data-task": task.id });
  const box = el("input", { type: "checkbox", checked: Boolean(doneOn), "data-key": `task ${task.id}` });
  box.setAttribute("aria-label", text("desk.task.done", { what: `\u2068${what}\u2069` }));
  box.onchange = () => tick(item, task, box.checked);
  const due = dueOn ? el("span", { className: isLate ? "late" : "" }, text(isLate ? "desk.late" : "desk.due-on", { day: shortDay(dueOn) })) : null;
  const who = assignee && assignee !== root.dataset.me ? bdi(assignee) : null;
  const details = [...before, due, who].filter(Boolean).flatMap((part, i) => (i ? [" · ", part] : [part]));
  item.replaceChildren(
    box,
    el("div", {}, el("div", { className: "what" }, bdi(what)), el("div", { className: "small" }, details)),
    button(text("desk.edit"), () => item.append(editForm(item, task, before)), "link"),
  );
  return item;
}

export const pathOf = ({ id }) => `/v1/tasks/${id}`;

// A change of a task, and the request that undoes it.
function patch(task, body, key, undo) {
  const { memberState, version } = task;
  const path = pathOf(task);
  const { what } = withEdits(path, task);
  const back = { method: "PATCH", path, label: what, body: valuesOf(task, Object.keys(body)) };
  return { iso3: memberState ?? undefined, type: "other", method: "PATCH", path, label: what, version, body, message: { key, what }, undo: undo ?? back };
}

function valuesOf(task, names) {
  const values = withEdits(pathOf(task), task);
  return Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
}

function tick(item, task, isDone) {
  item.classList.toggle("done", isDone);
  return add(patch(task, { doneOn: isDone ? today() : null }, isDone ? "desk.task.ticked" : "desk.task.opened"));
}

function editForm(item, task, before) {
  item.querySelector("form")?.remove();
  const { what, dueOn, assignee } = withEdits(pathOf(task), task);
  const form = el(
    "form",
    { className: "fields" },
    field("what", text("desk.next"), { defaultValue: what, maxLength: 1000, required: true, className: "wide" }),
    field("dueOn", text("desk.due"), { type: "date", defaultValue: dueOn ?? "" }),
    field("assignee", text("desk.assignee"), { defaultValue: assignee ?? "", maxLength: 64 }, "people"),
    el("button", { type: "submit" }, text("desk.save")),
    button(text("desk.delete"), () => remove(item, task), "second"),
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    add(patch(task, read(form), "desk.task.changed"));
    redraw(item, taskItem(task, before));
  };
  closeWithEscape(form, item.querySelector("button"));
  queueMicrotask(() => form.elements.what.focus());
  return form;
}

function remove(item, task) {
  item.remove();
  const body = valuesOf(task, ["what", "memberState", "resolution", "contact", "engagement", "assignee", "dueOn", "doneOn"]);
  const undo = { method: "POST", path: "/v1/tasks", label: body.what, body };
  add({ ...patch(task, {}, "desk.task.deleted", undo), method: "DELETE", body: null });
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
    const body = { ...about, ...content, assignee: content.assignee ?? root.dataset.me };
    form.reset();
    add({
      iso3: about.memberState,
      type: "other",
      method: "POST",
      path: "/v1/tasks",
      label: content.what,
      body,
      message: { key: "desk.task.added", what: content.what },
      undo: { method: "DELETE", path: "/v1/tasks/{id}", label: content.what },
    });
  };
  return form;
}

const read = ({ elements }) => ({
  what: elements.what.value.trim(),
  dueOn: elements.dueOn.value || null,
  assignee: elements.assignee.value.trim() || null,
});
