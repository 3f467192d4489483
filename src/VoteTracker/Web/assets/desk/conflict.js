// A stance that another member of the team recorded meanwhile, with both choices. Nothing is overwritten unseen.

import { fill, see } from "./entry.js";
import { editsOf } from "./queue.js";
import { draw, setStance } from "./rows.js";
import { at, bdi, button, el, parts, root, text, word } from "./texts.js";
import { giveUp, overwrite } from "./unsent.js";

export function drawNewer(card) {
  const place = card.element.querySelector("[data-part=newer]");
  const chain = editsOf(card.row.iso3);
  const edit = chain.find((one) => one.state === "conflict");
  const current = edit ? edit.current : card.newer;
  place.hidden = !current;
  // A choice that is being tapped is not drawn again.
  const drawn = current && JSON.stringify([current, chain, Boolean(card.again), card.again ? card.wanted : null]);
  if (place.dataset.drawn === String(drawn)) return;
  place.dataset.drawn = String(drawn);
  if (!current) {
    place.replaceChildren();
    return;
  }
  const who = current.changedBy === root.dataset.me ? text("desk.you-elsewhere") : bdi(current.changedBy ?? "?");
  const when = current.changedAt ? at(current.changedAt) : "–";
  const shown = [el("p", {}, ...parts("desk.newer", { who, what: el("strong", {}, describe(current)), when }))];
  if (current.note) shown.push(quote(current.note));
  if (edit) {
    // One decision for all that the reader recorded since.
    const chosen = chain.findLast((one) => one.content)?.content ?? current;
    shown.push(el("p", {}, ...parts("desk.yours", { what: el("strong", {}, describe(chosen)) })));
    shown.push(...chain.map((one) => one.body?.summary ?? one.body?.reason).filter(Boolean).map(quote));
    shown.push(choices(current, () => take(card, edit, current), () => replace(card, edit, current)));
  } else if (card.again) {
    shown.push(el("p", {}, ...parts("desk.yours", { what: el("strong", {}, describe(card.wanted)) })));
    shown.push(choices(current, () => accept(card), () => chooseMine(card)));
  } else {
    shown.push(el("div", { className: "choices two" }, button(text("desk.seen"), () => accept(card))));
  }
  place.replaceChildren(...shown);
}

const quote = (words) => el("p", {}, "“", bdi(words), "”");

const describe = (stance) =>
  stance.certainty
    ? text("desk.pair", { first: word("position", stance.position), second: word("certainty", stance.certainty) })
    : word("position", stance.position);

const choices = (current, keep, mine) =>
  el(
    "div",
    { className: "choices two" },
    el("button", { type: "button", onclick: keep, "data-do": "theirs" }, ...parts("desk.keep", { who: bdi(current.changedBy ?? "?") })),
    el("button", { type: "button", onclick: mine, className: "first", "data-do": "mine" }, text("desk.mine")),
  );

function take(card, edit, current) {
  setStance(card.row.iso3, current);
  giveUp(edit);
  accept(card);
}

function replace(card, edit, current) {
  setStance(card.row.iso3, current);
  overwrite(edit);
}

// The newer stance becomes that which the reader saw.
function accept(card) {
  card.again = null;
  see(card, false);
  fill(card);
  drawNewer(card);
  draw(card.row);
}

function chooseMine(card) {
  const { again } = card;
  card.again = null;
  see(card);
  again();
  drawNewer(card);
}
