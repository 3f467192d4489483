// The card of a state: it opens in place below its row. A tap on a position records it at once.

import { drawNewer } from "./conflict.js";
import { contentOf } from "./edits.js";
import { isMine as isAssigned, rows, shownOf } from "./rows.js";
import { fillTalk, readTalk } from "./talk.js";
import { add, discard, onChange, unsentOf } from "./unsent.js";
import { bdi, button, parts, root, text } from "./texts.js";
import { drawWork } from "./work.js";

const DEFAULTS = { certainty: "likely", evidence: "call" };
const template = document.getElementById("card");
const canEdit = root.dataset.editable === "true";

// The open card: its row, its element, the stance that the reader saw, and what the reader has chosen.
export let open = null;

export function start() {
  document.getElementById("states").addEventListener("click", (event) => {
    const button = event.target.closest(".row");
    if (button) toggle(rows.get(button.closest("li").dataset.iso3));
  });
  onChange(({ iso3, done }) => {
    if (open?.row.iso3 !== iso3) return;
    if (done) {
      see();
      clearTexts(done);
      fill();
      drawWork(open);
    }
    drawState();
  });
}

export const toggle = (row) => (open?.row === row ? close() : show(row));

export function show(row) {
  if (!template) return;
  close();
  const element = template.content.firstElementChild.cloneNode(true);
  element.setAttribute("aria-label", row.name);
  open = { row, element, newer: null, chosen: { kind: "" }, field: (name) => element.querySelector(`[name=${name}]`) };
  see();
  element.addEventListener("click", onClick);
  element.addEventListener("input", onInput);
  row.element.append(element);
  row.element.classList.add("open");
  row.button.setAttribute("aria-expanded", "true");
  fill();
  fillTalk(open);
  drawState();
  drawWork(open);
  const first = element.querySelector(".positions [aria-pressed=true]") ?? element.querySelector(".positions button");
  first?.focus({ preventScroll: true });
  row.element.scrollIntoView({ block: "nearest" });
}

export function close(withFocus = false) {
  if (!open) return;
  const { row, element } = open;
  open = null;
  element.remove();
  row.element.classList.remove("open");
  row.button.setAttribute("aria-expanded", "false");
  if (withFocus) row.button.focus();
}

// Another member of the team has changed the state whose card is open. The reader decides what happens.
export function noteNewer(row) {
  if (open?.row !== row || unsentOf(row.iso3)?.state === "sending") return;
  if (row.stance.version > open.seen.version) open.newer = row.stance;
  drawState();
}

// The reader has seen the current stance. What the reader chose on this card stays chosen, unless it is given up.
export function see(withChoices = true) {
  open.seen = open.row.stance;
  open.newer = null;
  if (!withChoices) open.chosen = { kind: open.chosen.kind };
}

export function fill() {
  const shown = shownOf(open.row);
  press("kind", open.chosen.kind);
  press("position", shown.position);
  press("certainty", open.chosen.certainty ?? shown.certainty ?? DEFAULTS.certainty);
  open.field("evidence").value = open.chosen.evidence ?? shown.evidence ?? DEFAULTS.evidence;
  for (const name of ["note", "evidenceUrl"]) {
    const field = open.field(name);
    if (!open.chosen[name]) field.value = shown[name] ?? "";
  }
  part("stance").hidden = Boolean(open.chosen.kind);
  part("talk").hidden = part("hint").hidden = !open.chosen.kind;
  open.element.querySelector("[data-do=clear]").hidden = shown.position === "unknown";
  open.element.querySelector("[data-do=save]").hidden = !isTyped() || shown.position === "unknown";
}

// What is not the reader's choice: who is responsible, what others recorded, and what is not sent.
export function drawState() {
  const { row, element } = open;
  const { stance } = row;
  const about = [row.region, ...(row.work.assignee && !isAssigned(row) ? [row.work.assignee] : [])];
  const recorded = stance.changedBy && stance.version ? parts("desk.recorded", { who: bdi(stance.changedBy) }) : [];
  element.querySelector(".about").replaceChildren(
    ...about.flatMap((name, i) => (i ? [" · ", bdi(name)] : [bdi(name)])),
    ...(recorded.length ? [" · ", ...recorded] : []),
  );
  drawNewer(open);
  const edit = unsentOf(row.iso3);
  const fault = part("fault");
  fault.hidden = edit?.state !== "refused";
  fault.replaceChildren();
  if (!fault.hidden) {
    fault.append(...parts("desk.refused", { detail: bdi(edit.detail) }), " ", button(text("desk.discard"), () => giveUp(edit), "link"));
  }
}

function giveUp(edit) {
  discard(edit);
  see(false);
  fill();
}

const part = (name) => open.element.querySelector(`[data-part=${name}]`);

function press(choice, value) {
  for (const button of open.element.querySelectorAll(`[data-choice=${choice}] button`)) {
    button.setAttribute("aria-pressed", String(button.value === (value ?? "")));
  }
}

const pressed = (choice) => open.element.querySelector(`[data-choice=${choice}] [aria-pressed=true]`)?.value ?? "";

const isTyped = () => open.chosen.note || open.chosen.evidenceUrl || open.field("reason").value.trim() !== "";

function clearTexts(done) {
  open.field("reason").value = "";
  if (done.type !== "talk") return;
  open.chosen = { kind: "" };
  for (const name of ["summary", "task", "due", "task-assignee", "contact"]) open.field(name).value = "";
  open.field("confidential").checked = false;
}

function onInput({ target }) {
  if (target.name === "note" || target.name === "evidenceUrl") open.chosen[target.name] = true;
  if (target.name === "evidence") {
    open.chosen.evidence = target.value;
    if (shownOf(open.row).position !== "unknown") saveStance(shownOf(open.row).position);
  } else if (["note", "evidenceUrl", "reason"].includes(target.name)) {
    open.element.querySelector("[data-do=save]").hidden = !isTyped() || shownOf(open.row).position === "unknown";
  }
}

function onClick({ target }) {
  const button = target.closest("button");
  const choice = button?.closest("[data-choice]")?.dataset.choice;
  if (button?.dataset.do === "close") close(true);
  else if (!button || !canEdit) return;
  else if (choice === "kind") {
    open.chosen.kind = button.value;
    fill();
  } else if (choice === "certainty") {
    open.chosen.certainty = button.value;
    press("certainty", button.value);
    if (!open.chosen.kind && shownOf(open.row).position !== "unknown") saveStance(shownOf(open.row).position);
  } else if (choice === "position") {
    if (open.chosen.kind) saveTalk(button.value);
    else saveStance(button.value);
  } else if (button.dataset.do === "save") saveStance(shownOf(open.row).position);
  else if (button.dataset.do === "talk") saveTalk(null);
  else if (button.dataset.do === "clear") clear();
}

// Another position is another statement: it gets the default certainty and evidence, unless the reader chose them.
function chooseContent(position) {
  const { chosen, row, field } = open;
  const shown = shownOf(row);
  const isSame = position === shown.position;
  return {
    position,
    certainty: chosen.certainty ?? (isSame ? shown.certainty : null) ?? DEFAULTS.certainty,
    evidence: chosen.evidence ?? (isSame ? shown.evidence : null) ?? DEFAULTS.evidence,
    evidenceUrl: chosen.evidenceUrl || isSame ? field("evidenceUrl").value.trim() || null : null,
    note: field("note").value.trim() || null,
    contact: isSame ? (shown.contact ?? null) : null,
  };
}

function submit(edit) {
  const { row, seen } = open;
  return add({ iso3: row.iso3, name: row.name, version: seen.version, before: contentOf(seen), seen: seen.version, ...edit });
}

function saveStance(position) {
  const content = chooseContent(position);
  if (guard(content, () => saveStance(position))) return;
  const reason = open.field("reason").value.trim() || null;
  submit({ type: "stance", content, body: { ...content, reason } });
  afterSubmit();
}

function saveTalk(position) {
  const note = open.field("note").value.trim() || null;
  const stance = position ? { position, certainty: open.chosen.certainty ?? DEFAULTS.certainty, note } : null;
  if (stance && guard(stance, () => saveTalk(position))) return;
  const body = readTalk(open, stance);
  const content = stance ? { ...contentOf(open.row.stance), ...stance, evidence: null } : null;
  submit({ type: "talk", content, body });
  afterSubmit();
}

function clear() {
  const content = { position: "unknown", certainty: null, evidence: null, evidenceUrl: null, note: null, contact: null };
  if (guard(content, clear)) return;
  submit({ type: "clear", content, body: null });
  afterSubmit();
}

function afterSubmit() {
  if (!open) return;
  open.chosen.note = open.chosen.evidenceUrl = false;
  fill();
  drawState();
}

// A newer stance is shown: the edit waits until the reader has chosen.
function guard(wanted, again) {
  if (!open.newer) return false;
  Object.assign(open, { again, wanted });
  drawState();
  part("newer").querySelector("button")?.focus();
  return true;
}
