// The line that says how many edits are not sent, and where they are kept.

import { show } from "./card.js";
import { rows } from "./rows.js";
import { bdi, button, text } from "./texts.js";
import { edits, hasStorage, onChange, pump } from "./unsent.js";

const line = document.getElementById("unsent");

export function start() {
  onChange(draw);
  draw();
}

function draw() {
  const left = edits().filter((edit) => edit.state !== "sending");
  line.hidden = left.length === 0;
  if (left.length === 0) return;
  const states = [...new Set(left.map((edit) => edit.iso3))].map((iso3) => rows.get(iso3)).filter(Boolean);
  line.replaceChildren(
    text("desk.unsent", { n: left.length }),
    " ",
    text(hasStorage() ? "desk.unsent.kept" : "desk.unsent.memory"),
    " ",
    ...states.slice(0, 5).flatMap((row) => [button(bdi(row.name), () => show(row), "link"), " "]),
    button(text("desk.unsent.send"), () => pump(), "link"),
  );
}
