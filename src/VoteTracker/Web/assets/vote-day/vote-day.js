// The page on which a vote is entered while it takes place. Each duty is a module of its own.

import { send } from "../desk/api.js";
import { askForKey } from "../desk/session.js";
import { root, text } from "../desk/texts.js";

const opening = document.getElementById("open");
if (opening) startOpening();
else if (document.getElementById("members")) startEntering();

function startOpening() {
  const fault = opening.querySelector(".fault");
  opening.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { startsWith, on } = opening.elements;
    const body = { startsWith: startsWith.value, on: on.value || undefined };
    const result = await send("PUT", `/v1/resolutions/${root.dataset.resolution}/vote-day`, { isNew: true, body });
    // A colleague can have opened it meanwhile.
    if (result.kind === "ok" || result.kind === "conflict") location.reload();
    if (result.kind === "signed-out") askForKey();
    fault.hidden = false;
    fault.textContent = result.kind === "refused" ? text("vote-day.refused", { detail: result.detail }) : text("vote-day.lost");
  });
}

async function startEntering() {
  const [data, entries, board, current, totals, questions, end] = await Promise.all(
    ["day", "entries", "board", "current", "totals", "questions", "end"].map((name) => import(`./${name}.js`)),
  );
  const isOpen = () => data.day?.status === "entering" && root.dataset.recorded === "false";
  const draw = () => {
    if (!data.day) return;
    current.selectFirst();
    board.draw(current.current());
    current.draw();
    totals.draw();
    questions.draw();
    end.draw();
    // The server draws whether the vote is recorded: it was confirmed, or the roll call was removed.
    const before = root.dataset.status;
    if (before && before !== data.day.status && [before, data.day.status].includes("confirmed")) location.reload();
    root.dataset.status = data.day.status;
    root.dataset.version = String(data.day.version);
  };
  board.start(current.current, current.select, isOpen);
  current.start(isOpen, draw);
  end.start();
  data.onChange((kind) => {
    if (kind === "signed-out") askForKey().then((isIn) => isIn && data.refresh());
    draw();
  });
  entries.onChange(draw);
  await data.refresh();
  await entries.load();
  draw();
  root.dataset.ready = "true";
}
