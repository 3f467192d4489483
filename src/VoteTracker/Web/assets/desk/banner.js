// What is not sent: how many edits, where they are kept, and those about tasks, engagements and assignments that another
// member of the team has changed meanwhile.

import { rows } from "./rows.js";
import { bdi, button, el, parts, root, text } from "./texts.js";
import { discard, edits, hasStorage, onChange, pump, retry } from "./unsent.js";

const place = document.getElementById("unsent");
let openState = null;

export function start(open = null) {
  openState = open;
  onChange(draw);
  draw();
}

function draw() {
  const left = edits().filter((edit) => edit.state !== "sending");
  place.hidden = left.length === 0;
  if (left.length === 0) return;
  const waiting = left.filter((edit) => edit.state === "waiting");
  const states = new Set(left.filter((edit) => edit.type !== "other").map((edit) => edit.iso3));
  const links = [...states].slice(0, 5).map((iso3) => rows.get(iso3)).filter((row) => row && openState);
  place.replaceChildren(
    el(
      "p",
      {},
      text("desk.unsent", { n: left.length }),
      " ",
      text(hasStorage() ? "desk.unsent.kept" : "desk.unsent.memory"),
      " ",
      ...links.flatMap((row) => [button(bdi(row.name), () => openState(row), "link"), " "]),
      waiting.length > 0 ? button(text("desk.unsent.send"), () => pump(), "link") : "",
    ),
    ...left.filter((edit) => edit.type === "other" && edit.state !== "waiting").map(drawOther),
  );
}

function drawOther(edit) {
  const what = el("strong", {}, bdi(edit.label ?? ""));
  if (edit.state === "refused") {
    return el("p", {}, what, ": ", ...parts("desk.refused", { detail: bdi(edit.detail) }), " ", button(text("desk.discard"), () => discard(edit), "link"));
  }
  const { current } = edit;
  const who = current?.changedBy === root.dataset.me ? text("desk.you-elsewhere") : bdi(current?.changedBy ?? "?");
  return el(
    "div",
    {},
    el("p", {}, ...parts("desk.other-changed", { what, who })),
    el(
      "div",
      { className: "choices two" },
      button(text("desk.keep-theirs"), () => discard(edit)),
      button(text("desk.mine"), () => retry(edit, current?.version ?? null), "first"),
    ),
  );
}
