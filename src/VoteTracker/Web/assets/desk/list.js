// Filters, sorting and the keyboard of the list. The address has the filters, so a link shows the same list.

import { get } from "./api.js";
import { close, open, show as openCard } from "./card.js";
import { foldQuery } from "./fold.js";
import * as gaps from "./gaps.js";
import { isMine, list, rows } from "./rows.js";
import { root, text } from "./texts.js";
import { FILTERS } from "./views.js";

const ORDER = ["yes", "no", "abstain", "absent", "undecided", "unknown"];
const form = document.getElementById("filters");
const fields = form.elements;
let shown = "";
let pivotal = null;

const SHOWS = {
  "": () => true,
  mine: isMine,
  open: (row) => row.work.open > 0,
  overdue: (row) => row.work.overdue > 0,
  silent: (row) => !row.work.lastOn,
};

export function start() {
  const asked = new URL(location.href).searchParams;
  for (const name of FILTERS) if (asked.has(name) && fields[name]) choose(fields[name], asked.get(name));
  if (asked.get("show") in SHOWS) shown = asked.get("show");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", ({ target }) => (target.name === "sort" ? sort() : filter()));
  form.addEventListener("click", ({ target }) => {
    const chip = target.closest(".chip");
    if (!chip) return;
    shown = chip.dataset.show === shown ? "" : chip.dataset.show;
    filter();
  });
  list.addEventListener("keydown", onKey);
  list.addEventListener("focusin", ({ target }) => rove(target.closest(".row")));
  document.addEventListener("keydown", onShortcut);
  count();
  sort();
  const state = rows.get(location.hash.slice(1));
  if (state) openCard(state);
}

// A link can name a team member of whom no state is left.
function choose(field, value) {
  if (field.name === "assignee" && ![...field.options].some((option) => option.value === value)) field.append(new Option(value, value));
  field.value = value;
}

// The number of states of each filter.
export function count() {
  gaps.forget();
  for (const place of form.querySelectorAll("[data-count]")) {
    place.textContent = String([...rows.values()].filter(SHOWS[place.dataset.count]).length);
  }
}

export function filter() {
  const kind = fields.gap?.value ?? "";
  if (kind !== "" && !gaps.isRead()) readGaps();
  draw(kind);
}

function draw(kind) {
  const phrases = foldQuery(fields.q.value);
  let n = 0;
  for (const row of rows.values()) {
    const isShown =
      SHOWS[shown](row) &&
      (fields.position.value === "" || row.stance.position === fields.position.value) &&
      (fields.group.value === "" || row.groups.includes(fields.group.value)) &&
      isAssigned(row, fields.assignee.value) &&
      (kind === "" || gaps.isMissing(row.iso3, kind)) &&
      phrases.every((phrase) => row.names.includes(phrase));
    row.element.hidden = !isShown && row !== open?.row;
    if (isShown) n++;
  }
  for (const chip of form.querySelectorAll(".chip")) chip.setAttribute("aria-pressed", String(chip.dataset.show === shown));
  const fault = kind === "" ? "" : gaps.fault;
  const place = document.getElementById("shown");
  place.classList.toggle("notice", fault !== "");
  place.textContent = [fault && text(fault), n === rows.size ? "" : text("desk.shown", { n })].filter(Boolean).join(" ");
  rove(visible().find((button) => button.tabIndex === 0) ?? visible()[0]);
  remember();
}

const isAssigned = (row, assignee) => assignee === "" || (assignee === "me" ? isMine(row) : row.work.assignee === assignee);

// The list is filtered again when the gaps are read. Each kind says about how many states it is. If they cannot be read,
// the list says so.
async function readGaps() {
  if (!(await gaps.read())) {
    draw(fields.gap.value);
    return;
  }
  for (const option of fields.gap.options) {
    if (option.value) option.textContent = `${option.dataset.name} (${gaps.countOf(option.value)})`;
  }
  filter();
}

async function sort() {
  const by = fields.sort.value;
  if (by === "pivotal" && !pivotal) {
    const { json } = await get(`/v1/resolutions/${root.dataset.resolution}/forecast`);
    pivotal = new Map((json?.states ?? []).map((state) => [state.memberState, weight(state.pivotality)]));
  }
  const keys = {
    position: (row) => ORDER.indexOf(row.stance.position),
    age: (row) => (row.stance.changedAt ? Date.parse(row.stance.changedAt) : 0),
    pivotal: (row) => -(pivotal?.get(row.iso3) ?? -1),
  };
  const key = keys[by] ?? (() => 0);
  // Rows are in the order of the names, and sorting is stable.
  list.append(...[...rows.values()].sort((a, b) => key(a) - key(b)).map((row) => row.element));
  filter();
}

const weight = (pivotality) => (pivotality ? Math.max(...Object.values(pivotality)) : -1);

function remember() {
  const address = new URL(location.href);
  for (const name of FILTERS) {
    const value = name === "show" ? shown : fields[name]?.value;
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  if (address.href !== location.href) history.replaceState(null, "", address);
}

const visible = () => [...list.querySelectorAll(".state:not([hidden]) > .row")];

// One row takes part in the order of the tabulator key; arrows lead to the others.
function rove(button) {
  if (!button) return;
  for (const other of list.querySelectorAll(".row")) other.tabIndex = other === button ? 0 : -1;
}

function onKey(event) {
  const { key, target } = event;
  const choice = target.closest("[data-choice]");
  const isRight = document.documentElement.dir !== "rtl";
  if (key === "Escape" && open) {
    event.preventDefault();
    close(true);
  } else if (choice && (key === "ArrowLeft" || key === "ArrowRight")) {
    event.preventDefault();
    step([...choice.querySelectorAll("button")], target, (key === "ArrowRight") === isRight ? 1 : -1);
  } else if (target.matches(".row") && ["ArrowDown", "ArrowUp", "Home", "End"].includes(key)) {
    event.preventDefault();
    const all = visible();
    if (key === "Home") all[0].focus();
    else if (key === "End") all.at(-1).focus();
    else step(all, target, key === "ArrowDown" ? 1 : -1);
  }
}

const step = (all, from, by) => all[all.indexOf(from) + by]?.focus();

function onShortcut(event) {
  const { key, target } = event;
  if (target === fields.q && (key === "ArrowDown" || key === "Enter")) {
    event.preventDefault();
    const first = visible()[0];
    if (key === "Enter" && first) openCard(rows.get(first.closest("li").dataset.iso3));
    else first?.focus();
  } else if (key === "/" && !target.closest("input, textarea, select, dialog")) {
    event.preventDefault();
    fields.q.focus();
  }
}
