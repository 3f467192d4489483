// The line on top of a card: the region, the team member who is responsible, and the author of the stance.

import { isMine } from "./rows.js";
import { at, bdi, parts } from "./texts.js";

export function drawAbout({ row, element }) {
  const { stance, work, region } = row;
  const names = [region, ...(work.assignee && !isMine(row) ? [work.assignee] : [])].filter(Boolean);
  const recorded = stance.changedBy && stance.version ? parts("desk.recorded", { who: bdi(stance.changedBy) }) : [];
  const all = [...names.map((name) => [bdi(name)]), ...(recorded.length > 0 ? [recorded, [at(stance.changedAt)]] : [])];
  element.querySelector(".about").replaceChildren(...all.flatMap((part, i) => (i ? [" · ", ...part] : part)));
}
