// What is not sent: how many edits, where they are kept, those that wait for a decision of the reader, and those of other
// people who used this browser.

import { isOfStance } from "./edits.js";
import { drawProblems } from "./problem.js";
import { edits, foreignEdits, isHere, isStuck, onChange } from "./queue.js";
import { rows } from "./rows.js";
import { pump } from "./sending.js";
import { mayAskAgain } from "./session.js";
import { hasStorage } from "./stored.js";
import { bdi, button, el, parts, text } from "./texts.js";
import { discardForeign } from "./unsent.js";

const MAX_LINKS = 5;
const place = document.getElementById("unsent");
let openState = null;

export function start(open = null) {
  openState = open;
  onChange(draw);
  draw();
}

function draw() {
  const left = edits().filter((edit) => edit.state !== "sending");
  const foreign = Map.groupBy(foreignEdits(), (edit) => edit.author);
  place.hidden = left.length === 0 && foreign.size === 0;
  drawProblems(
    place,
    left.filter((edit) => isStuck(edit) && !rowOf(edit)),
    left.length > 0 ? [drawSum(left)] : [],
    [...foreign].map(([author, { length }]) => drawForeign(author, length)),
  );
}

// The card of a state shows the edits of its stance.
const rowOf = (edit) => (openState && isOfStance(edit) && isHere(edit) ? rows.get(edit.iso3) : null);

function drawSum(left) {
  const links = [...new Set(left.map(rowOf).filter(Boolean))].slice(0, MAX_LINKS);
  return el(
    "p",
    {},
    text("desk.unsent", { n: left.length }),
    " ",
    text(hasStorage() ? "desk.unsent.kept" : "desk.unsent.memory", { n: left.length }),
    " ",
    ...links.flatMap((row) => [button(bdi(row.name), () => openState(row), "link"), " "]),
    left.some((edit) => edit.state === "waiting") ? button(text("desk.unsent.send"), sendNow, "link") : "",
  );
}

function sendNow() {
  mayAskAgain();
  pump();
}

// Discarding what another person wrote needs a second tap.
function drawForeign(author, n) {
  const who = bdi(author);
  const first = button(text("desk.foreign.discard"), () => {
    first.replaceWith(button(text("desk.foreign.sure", { n }), () => discardForeign(author), "link"));
  }, "link");
  return el("p", {}, ...parts("desk.foreign", { n, who }), " ", first);
}
