// The rows of the sheet: what the server drew, and what this browser has not sent yet on top of it.

import { age, bdi, el, root, text, word } from "./texts.js";

const SIGNS = { yes: "+", no: "−", abstain: "×", absent: "·", undecided: "?", unknown: "" };
const SHINE = 2500;

export const list = document.getElementById("states");
export const rows = new Map();

// What is not sent yet of a state, if there is anything. The queue of edits sets it.
let findUnsent = () => null;

export function start(unsentOf) {
  findUnsent = unsentOf;
  for (const element of list?.querySelectorAll("li.state") ?? []) {
    const row = read(element);
    rows.set(row.iso3, row);
  }
}

function read(element) {
  const { iso3, names, groups, region, stance, eligible } = element.dataset;
  return {
    iso3,
    element,
    names,
    groups: groups.split(" "),
    region,
    isEligible: eligible === "true",
    stance: JSON.parse(stance),
    work: JSON.parse(element.dataset.work ?? "{}"),
    button: element.querySelector(".row"),
    name: element.querySelector(".name").textContent,
  };
}

// Takes over a row that the server has drawn again. Returns false if it has not changed.
export function update(element) {
  const newer = read(element);
  const row = rows.get(newer.iso3);
  if (!row || newer.stance.version < row.stance.version) return false;
  const before = row.element.dataset.stance + row.element.dataset.work;
  const isSame = before === element.dataset.stance + element.dataset.work && row.isEligible === newer.isEligible;
  if (isSame) return false;
  const { stance, work, isEligible } = newer;
  Object.assign(row, { stance, work, isEligible });
  row.element.dataset.stance = element.dataset.stance;
  if (element.dataset.work) row.element.dataset.work = element.dataset.work;
  draw(row);
  shine(row);
  return true;
}

// Sets the stance that a write returned.
export function setStance(iso3, stance) {
  const row = rows.get(iso3);
  if (!row || stance.version < row.stance.version) return;
  row.stance = stance;
  row.element.dataset.stance = JSON.stringify(stance);
  draw(row);
}

// What the reader sees: the edit that is not sent yet, or else the stance.
export function shownOf(row) {
  const edit = findUnsent(row.iso3);
  const content = edit?.content;
  return content ? { ...row.stance, ...content } : row.stance;
}

export function draw(row) {
  const shown = shownOf(row);
  const edit = findUnsent(row.iso3);
  const mark = row.button.querySelector(".mark");
  mark.className = `mark ${shown.position}${shown.certainty === "leaning" ? " leaning" : ""}`;
  mark.textContent = SIGNS[shown.position];
  row.button.querySelector(".line").textContent = line(row, shown, edit);
  const isWaiting = edit !== null && edit.state !== "sending";
  row.element.classList.toggle("unsent", isWaiting);
  const aside = row.button.querySelector(".aside");
  const badges = [];
  if (isWaiting) badges.push(el("span", { className: "badge warn" }, text(`desk.edit.${edit.state}`)));
  if (row.work.overdue) badges.push(el("span", { className: "badge warn" }, text("desk.overdue", { n: row.work.overdue })));
  else if (row.work.open) badges.push(el("span", { className: "badge" }, text("desk.open", { n: row.work.open })));
  if (row.work.assignee) badges.push(el("span", { className: "assignee", title: row.work.assignee }, bdi(row.work.assignee)));
  aside.replaceChildren(...badges);
}

// The same order as `Line` in DeskRowItem.razor.
function line(row, shown, edit) {
  const position = word("position", shown.position);
  return [
    row.isEligible ? null : text("board.ineligible"),
    shown.certainty ? text("desk.pair", { first: position, second: word("certainty", shown.certainty) }) : position,
    word("evidence", shown.evidence),
    edit?.content || !shown.changedAt ? null : age(shown.changedAt),
    row.work.comments ? text("desk.comments.n", { n: row.work.comments }) : null,
  ]
    .filter(Boolean)
    .join(" · ");
}

function shine(row) {
  row.element.classList.add("changed");
  setTimeout(() => row.element.classList.remove("changed"), SHINE);
}

export const isMine = (row) => row.work.assignee === root.dataset.me;
