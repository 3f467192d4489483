// The bar that undoes the last change with one tap, while it is shown.

import { contentOf } from "./edits.js";
import { onChange } from "./queue.js";
import { bdi, parts, text, word } from "./texts.js";
import { add } from "./unsent.js";

const bar = document.getElementById("undo");
let undo = null;
let group = null;

export function start() {
  bar.querySelector("[data-do=undo]").onclick = async () => {
    const run = undo;
    hide();
    await run?.();
  };
  bar.querySelector("[data-do=close]").onclick = hide;
  onChange(({ done, stance, json, added }) => {
    // A newer edit of the resource would be undone too.
    if (added && added.group === group) hide();
    if (!done || done.isUndo) return;
    if (done.undo) offer(parts(done.message.key, { what: bdi(done.message.what) }), () => reverse(done, json), done.group);
    else if (done.type === "talk") offer(describeTalk(done, stance), () => undoTalk(done, stance, json), done.group);
    else if (done.type !== "other") offer(describe(done, stance), () => restore(done, stance), done.group);
  });
}

/** Shows the bar: what happened, what undoes it, and which resource that changes. */
export function offer(message, run, ofGroup = null) {
  undo = run;
  group = ofGroup;
  bar.querySelector("p").replaceChildren(...message);
  bar.hidden = false;
}

function hide() {
  undo = group = null;
  bar.hidden = true;
}

// The request that an edit named. What was added has its number in the response.
function reverse({ undo: request, iso3, name, resolution }, json) {
  const path = request.path.replace("{id}", String(json?.id));
  return add({ iso3, name, resolution, type: "other", ...request, path, version: json?.version ?? null, isUndo: true });
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
function restore(done, stance, then = null) {
  const { before, iso3, name, seen, resolution } = done;
  return add({
    iso3,
    name,
    resolution,
    type: "revert",
    version: stance.version,
    seen: stance.version,
    before: contentOf(stance),
    content: before,
    body: { version: seen, reason: text("desk.undone") },
    isUndo: true,
    then,
  });
}

// The stance first: if another member of the team has changed it since and the author keeps that, nothing is undone. The
// engagement takes its tasks with it. The edit of the stance carries the second one, because it can wait for the network.
function undoTalk({ body, ...done }, stance, { id, version }) {
  const { iso3, name, resolution } = done;
  const then = { iso3, name, resolution, label: body.summary, type: "other", method: "DELETE", path: `/v1/engagements/${id}`, version, isUndo: true };
  return stance ? restore(done, stance, then) : add(then);
}
