// The bar that undoes the last change with one tap, while it is shown.

import { contentOf } from "./edits.js";
import { bdi, parts, text, word } from "./texts.js";
import { add, isConfirmed, onChange } from "./unsent.js";

const bar = document.getElementById("undo");
let undo = null;

export function start() {
  bar.querySelector("[data-do=undo]").onclick = async () => {
    const run = undo;
    hide();
    await run?.();
  };
  bar.querySelector("[data-do=close]").onclick = hide;
  onChange(({ done, stance, json }) => {
    if (!done || done.isUndo) return;
    if (done.undo) offer(parts(done.message.key, { what: bdi(done.message.what) }), () => add({ ...done.undo, version: json?.version ?? null, isUndo: true }));
    else if (done.type === "other") return;
    else if (done.type === "talk") offer(describeTalk(done, stance), () => undoTalk(done, stance, json));
    else offer(describe(done, stance), () => restore(done, stance));
  });
}

// Shows the bar: what happened, and what undoes it.
export function offer(message, run) {
  undo = run;
  bar.querySelector("p").replaceChildren(...message);
  bar.hidden = false;
}

function hide() {
  undo = null;
  bar.hidden = true;
}

function describeTalk(done, stance) {
  const kind = word("engagement-kind", done.body.kind);
  return [bdi(done.name), ": ", stance ? text("desk.pair", { first: kind, second: word("position", stance.position) }) : kind];
}

function describe(done, stance) {
  const { before } = done;
  const isSame = before.position === stance.position;
  const [from, to] = isSame && before.certainty !== stance.certainty
    ? [word("certainty", before.certainty), word("certainty", stance.certainty)]
    : [word("position", before.position), word("position", stance.position)];
  return parts(isSame && before.certainty === stance.certainty ? "desk.saved" : "desk.changed", { name: bdi(done.name), from: from ?? "", to: to ?? "" });
}

// The service restores the version that the author of the edit saw.
function restore(done, stance) {
  const { before, iso3, name, seen } = done;
  return add({
    iso3,
    name,
    type: "revert",
    version: stance.version,
    seen: stance.version,
    before: contentOf(stance),
    content: before,
    body: { version: seen, reason: text("desk.undone") },
    isUndo: true,
  });
}

// The stance first: if another member of the team has changed it since, nothing is undone. The engagement takes its tasks
// with it.
async function undoTalk(done, stance, engagement) {
  if (stance && !isConfirmed(await restore(done, stance))) return;
  const path = `/v1/engagements/${engagement.id}`;
  await add({ iso3: done.iso3, name: done.name, type: "other", method: "DELETE", path, version: engagement.version, isUndo: true });
}
