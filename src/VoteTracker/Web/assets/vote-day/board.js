// The board: a button for each member, in the order of the roll call. A tap enters the vote that the reader chose; without
// one, the first tap selects the member and each further tap enters the next vote.

import { text, word } from "../desk/texts.js";
import { day, order } from "./day.js";
import { enter, pendingOf, voteOf } from "./entries.js";

export const VOTES = ["yes", "no", "abstain", "non-voting"];
const SIGNS = { yes: "+", no: "−", abstain: "×", "non-voting": "·" };

const list = document.getElementById("members");
const cells = new Map([...list.querySelectorAll("[data-state]")].map((cell) => [cell.dataset.state, cell]));
const brushes = [...document.querySelectorAll("[data-brush]")];
let brush = "";
let shownOrder = "";

export const nameOf = (iso3) => cells.get(iso3)?.querySelector(".name").textContent ?? iso3;
export const factsOf = (iso3) => cells.get(iso3)?.dataset ?? {};

/** The members whose names contain a text, in the order of the roll call: those that begin with it first. */
export function find(wanted) {
  const folded = wanted.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
  if (folded === "") return [];
  const found = order.filter((iso3) => factsOf(iso3).names?.includes(folded));
  const begins = (iso3) => iso3.toLowerCase() === folded || factsOf(iso3).names.split(/\n/u).some((name) => name.trimStart().startsWith(folded));
  return [...found.filter(begins), ...found.filter((iso3) => !begins(iso3))];
}

export function start(current, select, isOpen) {
  list.addEventListener("click", ({ target }) => {
    const iso3 = target.closest("[data-state]")?.dataset.state;
    if (!iso3) return;
    const wasCurrent = current() === iso3;
    select(iso3);
    if (!isOpen()) return;
    if (brush) enter(iso3, brush);
    else if (wasCurrent) enter(iso3, VOTES[(VOTES.indexOf(voteOf(iso3)) + 1) % VOTES.length]);
  });
  for (const one of brushes) {
    one.addEventListener("click", () => {
      brush = one.dataset.brush;
      for (const other of brushes) other.setAttribute("aria-pressed", String(other === one));
    });
  }
}

export function draw(current) {
  const wanted = order.join();
  if (wanted !== shownOrder && wanted !== "") {
    shownOrder = wanted;
    for (const iso3 of order) if (cells.has(iso3)) list.append(cells.get(iso3).parentElement);
  }
  for (const [iso3, cell] of cells) drawCell(iso3, cell, iso3 === current);
}

function drawCell(iso3, cell, isCurrent) {
  const vote = voteOf(iso3);
  const entry = pendingOf(iso3);
  cell.dataset.eligible = String(!day.ineligible.includes(iso3));
  const state = `${vote} ${entry?.state} ${isCurrent} ${cell.dataset.eligible}`;
  if (cell.dataset.drawn === state) return;
  cell.dataset.drawn = state;
  cell.dataset.vote = vote ?? "";
  if (isCurrent) cell.setAttribute("aria-current", "true");
  else cell.removeAttribute("aria-current");
  cell.classList.toggle("unsaved", Boolean(entry));
  const mark = cell.querySelector(".mark");
  mark.className = `mark ${vote === "non-voting" ? "absent" : (vote ?? "unknown")}`;
  mark.textContent = SIGNS[vote] ?? "";
  const words = [word("vote", vote), cell.dataset.eligible === "false" ? text("board.ineligible") : null, entry ? text("vote-day.not-saved") : null];
  cell.querySelector(".word").textContent = words.filter(Boolean).join(", ");
}
