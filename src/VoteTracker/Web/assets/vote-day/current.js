// The member that is entered next, with its keys. After a vote, the next member of the roll call is current.

import { bdi, el, text, word } from "../desk/texts.js";
import { factsOf, find, nameOf, VOTES } from "./board.js";
import { order } from "./day.js";
import { enter, pendingOf, voteOf } from "./entries.js";

const KEYS = { y: "yes", 1: "yes", "+": "yes", n: "no", 2: "no", "-": "no", "−": "no", a: "abstain", 3: "abstain", x: "non-voting", 4: "non-voting" };
// A keyboard of another script: what is printed on the same key in English.
const CODES = /^(?:Key([YNAX])|(?:Digit|Numpad)([1-4]))$/u;
// In a language that is written from right to left, the next member is at the left.
const RIGHT = document.documentElement.dir === "rtl" ? -1 : 1;
const MOVES = { Enter: 1, ArrowRight: RIGHT, ArrowDown: 1, Backspace: -1, ArrowLeft: -RIGHT, ArrowUp: -1 };

const section = document.getElementById("current");
const field = document.getElementById("find");
const keysOn = document.getElementById("keys-on");
const before = document.getElementById("before");
let iso3 = null;
let last = null;
let isOpen = () => true;
let drawAll = () => {};

export const current = () => iso3;

export function start(open, redraw) {
  isOpen = open;
  drawAll = redraw;
  section.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button?.dataset.vote) vote(button.dataset.vote);
    if (button?.dataset.do === "next") move(1);
    if (button?.dataset.do === "back") move(-1);
    if (button?.dataset.do === "clear") clear();
  });
  document.addEventListener("keydown", press);
  field.addEventListener("input", () => {
    const [found] = find(field.value);
    if (found) select(found, { keepsField: true });
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    field.value = "";
    field.blur();
  });
}

/** Makes a member current. */
export function select(wanted, { keepsField = false } = {}) {
  iso3 = wanted;
  if (!keepsField) field.value = "";
  drawAll();
}

/** Begins with the first member of the roll call that has no entry. */
export function selectFirst() {
  iso3 ??= order.find((state) => voteOf(state) === null && factsOf(state).eligible !== "false") ?? order[0] ?? null;
}

function vote(wanted) {
  if (!isOpen() || !iso3) return;
  enter(iso3, wanted);
  last = iso3;
  move(1);
}

function clear() {
  if (!isOpen() || !iso3) return;
  enter(iso3, null);
  last = iso3;
  drawAll();
}

function move(by) {
  const place = order.indexOf(iso3) + by;
  select(order[Math.min(Math.max(place, 0), order.length - 1)] ?? iso3);
}

function press(event) {
  const { key, code, target } = event;
  if (!keysOn.checked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (target.closest("input, select, textarea, dialog") || document.querySelector("dialog[open]")) return;
  // Enter presses the button or the link that has the focus.
  if (key === "Enter" && target.closest("button, a, summary")) return;
  const wanted = votedBy(key, code);
  // A key that is held enters one vote. Held arrows move on.
  if (event.repeat && (wanted || key === "Delete")) {
    event.preventDefault();
    return;
  }
  if (wanted) vote(wanted);
  else if (MOVES[key]) move(MOVES[key]);
  else if (key === "Delete") clear();
  else if (key === "/") field.focus();
  else return;
  event.preventDefault();
}

function votedBy(key, code) {
  const direct = KEYS[key.toLowerCase()];
  if (direct || /^[a-z]$/iu.test(key)) return direct;
  const [, letter, digit] = CODES.exec(code) ?? [];
  return KEYS[letter?.toLowerCase() ?? digit];
}

export function draw() {
  section.hidden = !iso3 || !isOpen();
  if (section.hidden) return;
  const { eligible, expected, chance } = factsOf(iso3);
  set("name", nameOf(iso3));
  set("place", text("vote-day.place", { place: order.indexOf(iso3) + 1, all: order.length }));
  const parts = [];
  if (eligible === "false") parts.push(text("board.ineligible"));
  if (expected) parts.push(text("vote-day.expected", { vote: word("vote", expected), chance: `${Math.round(Number(chance) * 100)}%` }));
  set("expected", parts.join(" · "));
  const shown = voteOf(iso3);
  for (const button of section.querySelectorAll("[data-vote]")) button.setAttribute("aria-pressed", String(button.dataset.vote === shown));
  section.querySelector("[data-do=clear]").disabled = shown === null;
  drawLast();
}

function drawLast() {
  if (!last) return;
  const shown = voteOf(last);
  const state = pendingOf(last) ? text("vote-day.not-saved") : "✓";
  const line = [bdi(nameOf(last)), ": ", shown && VOTES.includes(shown) ? word("vote", shown) : text("vote-day.no-entry"), " ", el("span", { className: "state" }, state)];
  const key = line.map((part) => part.textContent ?? part).join("");
  if (before.dataset.drawn === key) return;
  before.dataset.drawn = key;
  before.replaceChildren(...line);
}

function set(id, value) {
  const element = document.getElementById(id);
  if (element.textContent !== value) element.textContent = value;
}
