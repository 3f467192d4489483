// The line on top of a card: the region, the team member who is responsible, the author of the stance, and the brief.

import { isMine } from "./rows.js";
import { at, bdi, link, parts, root } from "./texts.js";

export function drawAbout({ row, element }) {
  element.querySelector("[data-part=brief]").href = link(`/desk/${root.dataset.resolution}/briefs/${row.iso3}`);
  const { stance, work, region } = row;
  const names = [region, ...(work.assignee && !isMine(row) ? [work.assignee] : [])].filter(Boolean);
  const recorded = stance.changedBy && stance.version ? parts("desk.recorded", { who: bdi(stance.changedBy) }) : [];
  const all = [...names.map((name) => [bdi(name)]), ...(recorded.length > 0 ? [recorded, [at(stance.changedAt)]] : [])];
  element.querySelector(".about").replaceChildren(...all.flatMap((part, i) => (i ? [" · ", ...part] : part)));
}
