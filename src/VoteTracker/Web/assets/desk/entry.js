// The form on the card of a state. A tap on a position records it at once.

import { drawAbout } from "./about.js";
import { drawComments } from "./comments.js";
import { drawNewer } from "./conflict.js";
import { forget, keep, restore } from "./draft.js";
import { contentOf, isOfStance, isSameContent } from "./edits.js";
import { drawProblems } from "./problem.js";
import { editsOf, unsentOf } from "./queue.js";
import { shownOf } from "./rows.js";
import { fillTalk, readTalk } from "./talk.js";
import { parts, root, word } from "./texts.js";
import { add } from "./unsent.js";
import { drawWork } from "./work.js";

const DEFAULTS = { certainty: "likely", evidence: "call" };

/** The kind of card of a reader who records positions. It keeps the stance that the reader saw, and what the reader chose. */
export const entry = {
  begin(card) {
    const { element } = card;
    Object.assign(card, { newer: null, chosen: { kind: "" }, field: (name) => element.querySelector(`[name=${name}]`) });
    see(card);
    element.addEventListener("click", (event) => onClick(card, event));
    element.addEventListener("input", (event) => onInput(card, event));
    fillTalk(card);
    if (restore(card)) noteNewer(card);
    fill(card);
    drawState(card);
    drawComments(card);
    drawWork(card);
  },
  end: keep,
  forget,
  change(card, { added, done, gone, discarded, stance }) {
    if (stance) card.seen = stance;
    if (gone?.content) card.expected = gone.content;
    if (discarded) card.chosen = { kind: card.chosen.kind };
    const isUndone = [added, done].some((edit) => edit?.isUndo && isOfStance(edit));
    // What was undone is no longer chosen. What is typed stays.
    if (isUndone) Object.assign(card.chosen, { certainty: null, evidence: null });
    if (stance || gone || discarded) noteNewer(card);
    if (done || gone || discarded || isUndone) fill(card);
    if (done || gone || discarded) drawWork(card);
    drawState(card);
  },
  noteNewer(card) {
    if (unsentOf(card.row.iso3)?.state === "sending") return;
    noteNewer(card);
    drawState(card);
  },
};

// The reader decides about a newer stance, unless it is the reader's own edit, which another tab has sent.
function noteNewer(card) {
  const { stance } = card.row;
  const isNewer = stance.version > card.seen.version;
  const isExpected = isNewer && card.expected && stance.changedBy === root.dataset.me && isSameContent(stance, card.expected);
  card.newer = isNewer && !isExpected ? stance : null;
  if (isExpected) see(card);
}

/** The reader has seen the current stance. What the reader chose on this card stays chosen, unless it is given up. */
export function see(card, withChoices = true) {
  Object.assign(card, { seen: card.row.stance, newer: null, expected: null });
  if (!withChoices) card.chosen = { kind: card.chosen.kind };
}

export function fill(card) {
  const { chosen, element, field, part } = card;
  const shown = shownOf(card.row);
  press(card, "kind", chosen.kind);
  press(card, "position", shown.position);
  drawCertainty(card);
  field("evidence").value = chosen.evidence ?? shown.evidence ?? DEFAULTS.evidence;
  for (const name of ["note", "evidenceUrl"]) if (!chosen[name]) field(name).value = shown[name] ?? "";
  part("stance").hidden = Boolean(chosen.kind);
  part("talk").hidden = part("hint").hidden = !chosen.kind;
  element.querySelector("[data-do=clear]").hidden = shown.position === "unknown";
  showSave(card);
}

// What is not the reader's choice: who is responsible, what others recorded, and what was refused.
function drawState(card) {
  drawAbout(card);
  drawNewer(card);
  const fault = card.part("fault");
  const refused = editsOf(card.row.iso3).filter((edit) => edit.state === "refused");
  fault.hidden = refused.length === 0;
  drawProblems(fault, refused);
}

function press({ element }, choice, value) {
  for (const button of element.querySelectorAll(`[data-choice=${choice}] button`)) {
    button.setAttribute("aria-pressed", String(button.value === (value ?? "")));
  }
}

// The pressed certainty is that which is saved with the shown position. If another position gets another one, a line says so.
function drawCertainty(card) {
  const { position } = shownOf(card.row);
  const place = card.part("other");
  const [pressed, other] = [certaintyOf(card, position), certaintyOf(card, null)];
  press(card, "certainty", pressed);
  place.hidden = pressed === other;
  place.replaceChildren(...(place.hidden ? [] : parts("desk.other-position", { what: word("certainty", other) })));
}

/** The certainty that will be saved with a position. Another position is another statement: it gets the default. */
function certaintyOf({ chosen, row }, position) {
  const shown = shownOf(row);
  return chosen.certainty ?? (position === shown.position ? shown.certainty : null) ?? DEFAULTS.certainty;
}

const isTyped = ({ chosen, field }) => chosen.note || chosen.evidenceUrl || field("reason").value.trim() !== "";

function showSave(card) {
  card.element.querySelector("[data-do=save]").hidden = !isTyped(card) || shownOf(card.row).position === "unknown";
}

// The edit holds the texts from here on, so a second tap does not record them again.
function clearTexts(card, edit) {
  if (edit.type === "stance") card.field("reason").value = "";
  if (edit.type !== "talk") return;
  card.chosen = { kind: "" };
  for (const name of ["summary", "task", "due", "task-assignee", "contact"]) card.field(name).value = "";
  card.field("confidential").checked = false;
}

function onInput(card, { target }) {
  const { name } = target;
  if (["note", "evidenceUrl", "on"].includes(name)) card.chosen[name] = true;
  if (name === "evidence") {
    card.chosen.evidence = target.value;
    saveIfKnown(card);
  } else if (["note", "evidenceUrl", "reason"].includes(name)) {
    showSave(card);
  }
}

function onClick(card, { target }) {
  const button = target.closest("button");
  if (!button) return;
  const choice = button.closest("[data-choice]")?.dataset.choice;
  if (choice === "kind") {
    card.chosen.kind = button.value;
    fill(card);
  } else if (choice === "certainty") {
    card.chosen.certainty = button.value;
    drawCertainty(card);
    if (!card.chosen.kind) saveIfKnown(card);
  } else if (choice === "position") {
    if (card.chosen.kind) saveTalk(card, button.value);
    else saveStance(card, button.value);
  } else if (button.dataset.do === "save") saveIfKnown(card);
  else if (button.dataset.do === "talk") saveTalk(card, null);
  else if (button.dataset.do === "clear") clear(card);
}

// Evidence, link and contact belong to a position, as the certainty does.
function chooseContent(card, position) {
  const { chosen, row, field } = card;
  const shown = shownOf(row);
  const isSame = position === shown.position;
  return {
    position,
    certainty: certaintyOf(card, position),
    evidence: chosen.evidence ?? (isSame ? shown.evidence : null) ?? DEFAULTS.evidence,
    evidenceUrl: chosen.evidenceUrl || isSame ? field("evidenceUrl").value.trim() || null : null,
    note: field("note").value.trim() || null,
    contact: isSame ? (shown.contact ?? null) : null,
  };
}

function saveIfKnown(card) {
  const { position } = shownOf(card.row);
  if (position !== "unknown") saveStance(card, position);
}

function saveStance(card, position) {
  const content = chooseContent(card, position);
  const reason = card.field("reason").value.trim() || null;
  // What is recorded already is not recorded again: a tap on the pressed position leads to its details.
  if (!reason && isSameContent(isEvidenceOpen(card) ? { ...content, evidence: null } : content, shownOf(card.row))) {
    card.field("evidence").focus();
    return;
  }
  if (guard(card, content, () => saveStance(card, position))) return;
  submit(card, { type: "stance", content, body: { ...content, reason } });
}

// A conversation that is not sent yet has no evidence: the service derives it from the kind.
function isEvidenceOpen({ chosen, row }) {
  const { position, evidence } = shownOf(row);
  return position !== "unknown" && !evidence && !chosen.evidence;
}

function saveTalk(card, position) {
  const note = card.field("note").value.trim() || null;
  const stance = position ? { position, certainty: certaintyOf(card, position), note } : null;
  if (stance && guard(card, stance, () => saveTalk(card, position))) return;
  const body = readTalk(card, stance);
  const content = stance ? { ...contentOf(card.row.stance), ...stance, evidence: null } : null;
  submit(card, { type: "talk", content, body });
}

function clear(card) {
  const content = { position: "unknown", certainty: null, evidence: null, evidenceUrl: null, note: null, contact: null };
  if (guard(card, content, () => clear(card))) return;
  submit(card, { type: "clear", content, body: null });
}

function submit(card, edit) {
  const { row, seen, part } = card;
  const wasInTalk = part("talk").contains(document.activeElement);
  add({ iso3: row.iso3, name: row.name, version: seen.version, before: contentOf(seen), seen: seen.version, ...edit });
  clearTexts(card, edit);
  card.chosen.note = card.chosen.evidenceUrl = false;
  fill(card);
  if (wasInTalk && edit.type === "talk") card.element.querySelector("[data-choice=kind] button").focus();
  drawState(card);
}

// A newer stance is shown: the edit waits until the reader has chosen.
function guard(card, wanted, again) {
  if (!card.newer) return false;
  Object.assign(card, { again, wanted });
  drawState(card);
  card.part("newer").querySelector("button")?.focus();
  return true;
}
