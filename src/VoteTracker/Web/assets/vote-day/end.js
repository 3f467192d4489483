// The order, the announced totals, and the end of the entering: proposed by one person, confirmed by another.

import { newKey, send } from "../desk/api.js";
import { askForKey } from "../desk/session.js";
import { bdi, button, el, parts, root, text, word } from "../desk/texts.js";
import { day, path, refresh } from "./day.js";
import { unsaved } from "./entries.js";

const ATTEMPTS = 5;
const DECISIONS = ["adopted", "not-adopted"];
const FIELDS = ["yes", "no", "abstain", "nonVoting"];

const place = document.getElementById("end");
const form = document.getElementById("announcement");
const fault = form.querySelector(".fault");
let said = "";
let isChanging = false;

export function start() {
  form.addEventListener("input", () => {
    isChanging = true;
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const result = await save();
    fault.hidden = result.kind === "ok";
    fault.textContent = describe(result);
    if (result.kind === "ok") isChanging = false;
    refresh();
  });
}

const describe = ({ kind, detail }) =>
  kind === "ok" ? "" : kind === "refused" ? text("vote-day.refused", { detail }) : kind === "conflict" ? text("vote-day.changed") : text("vote-day.lost");

// Every vote of a colleague raises the version. Only another order or announcement is a conflict.
async function save() {
  const numbers = Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value === "" ? null : Number(form.elements[name].value)]));
  const announced = FIELDS.some((name) => numbers[name] !== null) ? numbers : null;
  const body = { startsWith: form.elements.startsWith.value, on: day.on, announced };
  const seen = describeFields(day);
  let { version } = day;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const result = await send("PUT", path, { version, body });
    if (result.kind !== "conflict" || !result.current || describeFields(result.current) !== seen) return withKey(result);
    version = result.current.version;
  }
  return { kind: "offline" };
}

const describeFields = ({ startsWith, on, announced }) => JSON.stringify([startsWith, on, announced]);

function withKey(result) {
  if (result.kind === "signed-out") askForKey();
  return result;
}

async function post(what, body) {
  const result = withKey(await send("POST", `${path}/${what}`, { version: day.version, body: body ?? undefined, key: newKey() }));
  said = describe(result);
  place.dataset.drawn = "";
  await refresh();
}

export function draw() {
  if (!isChanging) {
    for (const name of FIELDS) {
      const value = String(day.announced?.[name] ?? "");
      if (form.elements[name].value !== value) form.elements[name].value = value;
    }
    form.elements.startsWith.value = day.startsWith;
  }
  const isOpen = day.status === "entering" && root.dataset.recorded === "false";
  for (const element of form.elements) element.disabled = !isOpen;
  const missing = day.tally.remaining;
  const differs = day.difference && FIELDS.some((name) => day.difference[name]);
  const drawn = JSON.stringify([day.status, missing, Boolean(differs), unsaved().length > 0, said, root.dataset.recorded]);
  if (place.dataset.drawn === drawn) return;
  const ticked = [...place.querySelectorAll("input:checked")].map(nameOf);
  place.dataset.drawn = drawn;
  place.replaceChildren(...content(missing, differs), el("p", { className: "fault", role: "alert", hidden: said === "" }, said));
  for (const input of place.querySelectorAll("input")) input.checked = ticked.includes(nameOf(input));
}

const nameOf = ({ name, value }) => `${name} ${value}`;

function content(missing, differs) {
  if (day.status === "entering") return proposal(missing, differs);
  if (day.status === "proposed") return confirmation(differs);
  return [el("p", {}, ...parts("vote-day.confirmed", { who: bdi(day.confirmedBy) }))];
}

function proposal(missing, differs) {
  const checks = [
    ...(missing > 0 ? [check("missing", text("vote-day.missing", { n: missing }))] : []),
    ...(differs ? [check("difference", text("vote-day.accept"))] : []),
  ];
  return [
    el("h2", {}, text("vote-day.propose")),
    el("p", {}, text("vote-day.propose.why")),
    ...checks,
    action(text("vote-day.propose"), checks, () => post("propose", { missingIsNonVoting: missing > 0, acceptDifference: Boolean(differs) }), unsaved().length > 0),
    ...discarding(),
  ];
}

function confirmation(differs) {
  const mayConfirm = root.dataset.confirms === "true" && (!day.needsSecondPerson || day.proposedBy !== root.dataset.me);
  const checks = [
    ...(differs && mayConfirm ? [check("difference", text("vote-day.accept"))] : []),
    // Without a recorded rule, nothing follows from the votes.
    ...(day.tally.reached === null && mayConfirm ? [choice("decision", text("vote-day.decision"), DECISIONS)] : []),
  ];
  return [
    el("h2", {}, text("vote-day.confirm")),
    el("p", {}, ...parts("vote-day.proposed", { who: bdi(day.proposedBy) }), " ", text(mayConfirm ? "vote-day.confirm.why" : "vote-day.confirm.other")),
    ...checks,
    el(
      "div",
      { className: "moves" },
      ...(mayConfirm ? [action(text("vote-day.confirm"), checks, () => confirm(differs))] : []),
      button(text("vote-day.reopen"), () => post("reopen"), "second"),
    ),
  ];
}

const confirm = (differs) => post("confirm", { acceptDifference: Boolean(differs), status: place.querySelector("[name=decision]:checked")?.value });

// What the person accepts is ticked before the button works.
function action(label, checks, run, isWaiting = false) {
  const made = button(label, async () => {
    made.disabled = true;
    await run();
    made.disabled = false;
  });
  const update = () => {
    made.disabled = isWaiting || checks.some((one) => !one.querySelector("input:checked"));
  };
  for (const one of checks) one.addEventListener("change", update);
  update();
  queueMicrotask(update);
  return made;
}

const check = (name, label) => el("label", { className: "check" }, el("input", { type: "checkbox", name }), " ", label);

const choice = (name, label, values) =>
  el(
    "fieldset",
    {},
    el("legend", {}, label),
    values.map((value) => el("label", { className: "check" }, el("input", { type: "radio", name, value }), " ", word("resolution-status", value))),
  );

// A second tap discards everything.
function discarding() {
  if (root.dataset.confirms !== "true") return [];
  const first = button(text("vote-day.discard"), () => {
    first.replaceWith(button(text("vote-day.sure"), discard, "link"));
  }, "link");
  return [el("p", {}, first)];
}

async function discard() {
  const result = withKey(await send("DELETE", path, { version: day.version }));
  if (result.kind === "ok") location.reload();
  said = describe(result);
  place.dataset.drawn = "";
  await refresh();
}
