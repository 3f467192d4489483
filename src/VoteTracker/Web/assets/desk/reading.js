// The card for a reader who does not record positions: what is recorded, and the work if the reader takes part in it.

import { drawAbout } from "./about.js";
import { drawComments } from "./comments.js";
import { drawProblems } from "./problem.js";
import { editsOf, isStuck } from "./queue.js";
import { shownOf } from "./rows.js";
import { bdi, el, root, text, word } from "./texts.js";
import { drawWork } from "./work.js";

const works = root.dataset.works === "true";

export const reading = {
  begin(card) {
    fill(card);
    if (!works) return;
    drawComments(card);
    drawWork(card);
  },
  change(card, { done, gone, discarded }) {
    fill(card);
    if (works && (done || gone || discarded)) drawWork(card);
  },
  noteNewer: fill,
};

function fill(card) {
  const shown = shownOf(card.row);
  drawAbout(card);
  // The vote can be over before an edit is sent.
  const stuck = editsOf(card.row.iso3).filter(isStuck);
  card.part("fault").hidden = stuck.length === 0;
  drawProblems(card.part("fault"), stuck);
  const details = [
    [text("desk.position"), word("position", shown.position)],
    [text("desk.certainty"), word("certainty", shown.certainty)],
    [text("desk.evidence"), word("evidence", shown.evidence)],
    [text("desk.link"), shown.evidenceUrl && el("a", { href: shown.evidenceUrl, rel: "noreferrer" }, bdi(shown.evidenceUrl))],
    [text("desk.note"), shown.note && bdi(shown.note)],
    [text("desk.assignee"), card.row.work.assignee && !works && bdi(card.row.work.assignee)],
  ];
  const known = details.filter(([, value]) => value);
  card.part("stance").replaceChildren(...known.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}
