// A stance that another member of the team recorded meanwhile, with both choices. Nothing is overwritten unseen.

import { fill, see } from "./card.js";
import { draw, rows, setStance } from "./rows.js";
import { at, bdi, button, el, parts, root, text, word } from "./texts.js";
import { discard, retry, unsentOf } from "./unsent.js";

export function drawNewer(card) {
  const place = card.element.querySelector("[data-part=newer]");
  const edit = unsentOf(card.row.iso3);
  const current = edit?.state === "conflict" ? edit.current : card.newer;
  place.hidden = !current;
  if (!current) {
    place.replaceChildren();
    return;
  }
  const who = current.changedBy === root.dataset.me ? text("desk.you-elsewhere") : bdi(current.changedBy);
  const shown = [el("p", {}, ...parts("desk.newer", { who, what: el("strong", {}, describe(current)), when: at(current.changedAt) }))];
  if (current.note) shown.push(el("p", {}, "“", bdi(current.note), "”"));
  if (edit?.state === "conflict") {
    shown.push(el("p", {}, ...parts("desk.yours", { what: el("strong", {}, describe(edit.content)) })));
    if (edit.body?.summary || edit.body?.reason) shown.push(el("p", {}, "“", bdi(edit.body.summary ?? edit.body.reason), "”"));
    shown.push(choices(card, current, () => take(card, edit, current), () => replace(card, edit, current)));
  } else if (card.again) {
    shown.push(el("p", {}, ...parts("desk.yours", { what: el("strong", {}, describe(card.wanted)) })));
    shown.push(choices(card, current, () => accept(card), () => overwrite(card)));
  } else {
    shown.push(el("div", { className: "choices two" }, button(text("desk.seen"), () => accept(card))));
  }
  place.replaceChildren(...shown);
}

const describe = (stance) =>
  stance.certainty
    ? text("desk.pair", { first: word("position", stance.position), second: word("certainty", stance.certainty) })
    : word("position", stance.position);

const choices = (card, current, keep, mine) =>
  el(
    "div",
    { className: "choices two" },
    el("button", { type: "button", onclick: keep, "data-do": "theirs" }, ...parts("desk.keep", { who: bdi(current.changedBy) })),
    el("button", { type: "button", onclick: mine, className: "first", "data-do": "mine" }, text("desk.mine")),
  );

// The edit is given up. A meeting is saved without its position.
function take(card, edit, current) {
  setStance(card.row.iso3, current);
  if (edit.type === "talk") {
    const { stance, ...body } = edit.body;
    Object.assign(edit, { body, content: null });
    retry(edit, null);
  } else {
    discard(edit);
  }
  accept(card);
}

function replace(card, edit, current) {
  setStance(card.row.iso3, current);
  edit.before = Object.fromEntries(Object.keys(edit.before).map((name) => [name, current[name] ?? null]));
  edit.seen = current.version;
  retry(edit, current.version);
}

// The newer stance becomes that which the reader saw.
function accept(card) {
  card.again = null;
  see(false);
  fill();
  drawNewer(card);
  draw(rows.get(card.row.iso3));
}

function overwrite(card) {
  const { again } = card;
  card.again = null;
  see();
  again();
  drawNewer(card);
}
