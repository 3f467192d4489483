// An edit that waits for a decision of its author: it was refused, or another member of the team was first.

import { correctionForm } from "./correct.js";
import { isOfStance } from "./edits.js";
import { chainOf } from "./queue.js";
import { bdi, button, el, link, parts, root, text } from "./texts.js";
import { discard, giveUp, overwrite, retry } from "./unsent.js";

/** Draws edits in a place, between other elements. One whose form is open stays as it is. */
export function drawProblems(place, edits, before = [], after = []) {
  const focused = document.activeElement;
  const blocks = edits.map((edit) => place.querySelector(`[data-edit="${edit.id}"]:has(form)`) ?? drawProblem(edit));
  place.replaceChildren(...before, ...blocks, ...after);
  if (focused !== document.activeElement && focused?.isConnected) focused.focus({ preventScroll: true });
}

const drawProblem = (edit) => (edit.state === "refused" ? drawRefused(edit) : drawConflict(edit));

// The reason, and what the author can do: correct it, try it again, or discard it.
function drawRefused(edit) {
  const correct = button(text("desk.correct"), () => {
    if (!made.querySelector("form")) made.append(form());
    made.querySelector("form").elements[0].focus();
  });
  const form = () => correctionForm(edit, correct);
  const made = el(
    "div",
    { className: "problem", "data-edit": edit.id },
    el("p", {}, nameOf(edit), ...parts("desk.refused", { detail: bdi(edit.detail) })),
    el(
      "div",
      { className: "choices" },
      form() ? correct : null,
      button(text("desk.retry"), () => retry(edit)),
      button(text("desk.discard"), () => discard(edit)),
    ),
  );
  return made;
}

function drawConflict(edit) {
  const { current } = edit;
  const who = current?.changedBy === root.dataset.me ? text("desk.you-elsewhere") : bdi(current?.changedBy ?? "?");
  return el(
    "div",
    { className: "problem", "data-edit": edit.id },
    el("p", {}, ...parts("desk.other-changed", { what: nameOf(edit, ""), who })),
    el("ul", { className: "small" }, chainOf(edit).flatMap((one) => differences(one, current))),
    el(
      "div",
      { className: "choices two" },
      button(text("desk.keep-theirs"), () => giveUp(edit)),
      button(text("desk.mine"), () => overwrite(edit), "first"),
    ),
  );
}

// The subject of an edit: a state with a link to its sheet, or the text of a task or a conversation.
function nameOf(edit, after = ": ") {
  const name = bdi(edit.label ?? edit.name ?? "");
  const sheet = isOfStance(edit) && edit.resolution !== root.dataset.resolution;
  return el("strong", {}, sheet ? el("a", { href: link(`/desk/${edit.resolution}#${edit.iso3}`) }, name) : name, after);
}

// What is recorded now, and what the edit makes of it.
const differences = (edit, current) =>
  Object.entries(edit.content ?? edit.body ?? {})
    .filter(([name, value]) => JSON.stringify(current?.[name] ?? null) !== JSON.stringify(value ?? null))
    .map(([name, value]) => el("li", {}, ...parts("desk.import.field", { from: shown(current?.[name]), to: shown(value) })));

const shown = (value) => bdi(value === null || value === undefined || value === "" ? "–" : value);
