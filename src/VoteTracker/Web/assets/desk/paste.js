// A table from a spreadsheet: first a dry run that shows every change, then the import.

import { newKey, send } from "./api.js";
import { redraw } from "./follow.js";
import { rows } from "./rows.js";
import { bdi, button, el, parts, root, text, word } from "./texts.js";
import { offer } from "./undo.js";

const place = document.getElementById("import");
const address = `/v1/resolutions/${root.dataset.resolution}/stances`;
const WORDS = ["position", "certainty", "evidence"];
// The name of each field of a change in the reader's language.
const LABELS = {
  position: "desk.position",
  certainty: "desk.certainty",
  evidence: "desk.evidence",
  evidence_url: "desk.link",
  note: "desk.note",
  contact: "desk.contact",
  assignee: "desk.assignee",
};
const MAX_SHOWN = 200;
const MAX_NAMED = 100;

export function start() {
  if (!place) return;
  const form = place.querySelector("form");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const table = form.elements.table.value;
    const result = await send("POST", `${address}/import?dryRun=true`, { body: table, type: "text/csv; charset=utf-8" });
    if (result.kind === "ok") showChanges(result.json, { table, etag: result.etag, key: newKey() });
    else showProblem(result);
  });
}

const show = (...children) => place.querySelector("[data-part=result]").replaceChildren(...children);

// The tag names the data of the dry run: the import changes what is shown here, or nothing.
function showChanges(found, dryRun) {
  const { changes, before, after, turns, ignoredColumns } = found;
  const line = (change) =>
    el(
      "li",
      {},
      bdi(rows.get(change.memberState)?.name ?? change.memberState),
      ": ",
      change.fields.flatMap((field, i) => [i ? ", " : "", ...parts("desk.import.named", { field: nameOf(field), from: valueOf(field, field.from), to: valueOf(field, field.to) })]),
    );
  show(
    el("p", {}, el("strong", {}, text("desk.import.changes", { n: changes.length })), " ", text("desk.import.count", { before: `${before.yes} – ${before.no}`, after: `${after.yes} – ${after.no}` })),
    turns ? el("p", { className: "notice" }, text("desk.import.turns")) : "",
    ignoredColumns.length ? el("p", { className: "small" }, text("desk.import.ignored"), " ", bdi(ignoredColumns.map((column) => column.column ?? column.name).join(", "))) : "",
    el("ul", { className: "changes" }, changes.slice(0, MAX_SHOWN).map(line)),
    changes.length > 0 ? button(text("desk.import.do", { n: changes.length }), () => run(dryRun)) : "",
  );
}

const nameOf = ({ field }) => (LABELS[field] ? text(LABELS[field]) : bdi(field));

const valueOf = (field, value) => bdi(value === null || value === "" ? "–" : WORDS.includes(field.field) ? (word(field.field, value) ?? value) : value);

async function run({ table, etag, key }) {
  const result = await send("POST", `${address}/import`, { body: table, type: "text/csv; charset=utf-8", etag, key });
  if (result.kind === "conflict") {
    show(
      el("p", { className: "notice" }, text("desk.import.stale"), " ", names(result.json.lines ?? [])),
      button(text("desk.import.try"), () => place.querySelector("form").requestSubmit()),
    );
    return;
  }
  if (result.kind !== "ok") {
    showProblem(result);
    return;
  }
  const done = result.json;
  show(el("p", {}, text("desk.import.done", { n: done.changes.length })));
  place.querySelector("textarea").value = "";
  // Only an import that changed nothing has no id.
  if (done.id) offer([text("desk.import.done", { n: done.changes.length })], () => revert(done.id, false));
  await redraw(null);
}

// Stances that others have changed since stay as they are, if the reader says so.
async function revert(id, isForced) {
  const result = await send("POST", `${address}/imports/${id}/revert${isForced ? "?skipChanged=true" : ""}`, { key: newKey() });
  if (result.kind === "ok") {
    const { changes, skipped } = result.json;
    show(
      el("p", {}, text("desk.import.undone", { n: changes.length })),
      skipped.length ? el("p", {}, text("desk.import.skipped"), " ", names(skipped)) : "",
    );
    await redraw(null);
  } else if (result.kind === "refused" && result.json?.stances) {
    show(
      el("p", { className: "notice" }, text("desk.import.changed"), " ", names(result.json.stances)),
      button(text("desk.import.rest"), () => revert(id, true)),
    );
  } else {
    showProblem(result);
  }
  place.open = true;
}

const names = (stances) => stances.flatMap(({ memberState }, i) => [i ? ", " : "", bdi(rows.get(memberState)?.name ?? memberState)]);

function showProblem({ kind, json, current }) {
  if (kind !== "refused" || !json) {
    show(el("p", { className: "fault" }, text(kind === "signed-out" ? "sign-in.no-key" : "desk.import.later")));
    return;
  }
  const faults = Object.entries(json.errors ?? {}).flatMap(([where, texts]) => texts.map((fault) => (where === "lines" ? fault : `${where}: ${fault}`)));
  const lines = (json.lines ?? []).map((line) => `${line.line}: ${line.detail ?? line.why}`);
  const all = [...faults, ...lines];
  const n = new Set((json.errors?.lines ?? []).map((fault) => /^line (\d+)/u.exec(fault)?.[1]).filter(Boolean)).size;
  // The service names no more than this number of lines, so there can be more.
  const title = n > 0 && n < MAX_NAMED ? text("desk.import.wrong", { n }) : bdi(all.length ? json.title : (json.detail ?? json.title));
  show(
    el("p", { className: "fault" }, title),
    el("ul", { className: "changes" }, all.slice(0, MAX_SHOWN).map((fault) => el("li", {}, bdi(fault)))),
  );
}
