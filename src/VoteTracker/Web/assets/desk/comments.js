// The comments of the team on a stance, on its card. A comment is text: nothing in it is HTML.

import { get } from "./api.js";
import { suggestPeople } from "./mentions.js";
import { released } from "./pointer.js";
import { edits, isStuck, onChange } from "./queue.js";
import { at, bdi, button, el, root, text } from "./texts.js";
import { add } from "./unsent.js";

const LIMIT = 20;
const NEXT = /<([^>]+)>\s*;\s*rel="next"/u;
const SURE_FOR = 5_000;

const pathOf = (iso3) => `/v1/resolutions/${root.dataset.resolution}/stances/${iso3}/comments`;

/** Draws the comments of the card and the field for a new one. */
export function drawComments(card) {
  const place = card.part("comments");
  if (!place) return;
  card.comments = { items: [], older: null, list: el("ul"), more: el("div", { className: "older" }) };
  place.replaceChildren(el("h3", {}, text("desk.comments")), card.comments.more, card.comments.list, form(card));
  reloadComments(card);
}

/** Reads the newest comments again. Older ones that are shown stay. */
export async function reloadComments(card) {
  const { comments } = card;
  if (!comments) return;
  const turn = (comments.asked = (comments.asked ?? 0) + 1);
  const found = await read(card, `${pathOf(card.row.iso3)}?limit=${LIMIT}`);
  await released();
  // A later request has been answered before, or the card was drawn again.
  if (!found || card.comments !== comments || turn < (comments.shown ?? 0)) return;
  comments.shown = turn;
  const last = found.items[0]?.id ?? Infinity;
  const older = found.next ? card.comments.items.filter(({ id }) => id < last) : [];
  card.comments.items = [...older, ...found.items];
  if (older.length === 0) card.comments.older = found.next;
  show(card);
}

// A part of the list, the oldest first, and where older ones are; null if it cannot be read.
async function read(card, path) {
  const result = await get(path);
  if (result.kind !== "ok" || !card.element.isConnected) return null;
  return { items: result.json.items.toReversed(), next: NEXT.exec(result.link ?? "")?.[1] ?? null };
}

async function readOlder(card) {
  const found = await read(card, card.comments.older);
  if (!found) return;
  card.comments.items = [...found.items, ...card.comments.items];
  card.comments.older = found.next;
  show(card);
}

function show(card) {
  const { items, older, list, more } = card.comments;
  const path = pathOf(card.row.iso3);
  // The banner shows an edit that was refused.
  const waiting = edits().filter((edit) => edit.path === path && edit.method === "POST" && !isStuck(edit));
  more.replaceChildren(...(older ? [button("…", () => readOlder(card), "link")] : []));
  if (older) more.firstChild.setAttribute("aria-label", text("desk.comment.older"));
  list.replaceChildren(...items.map((comment) => item(card, comment)), ...waiting.map(unsentItem));
}

function item(card, { id, text: words, mentions, createdBy, createdAt }) {
  const mayDelete = createdBy === root.dataset.me || root.dataset.moderates === "true";
  return el(
    "li",
    { className: "comment", "data-comment": id },
    el("div", { className: "small" }, bdi(createdBy), " · ", at(createdAt), mayDelete ? deleteButton(card, id, words) : null),
    el("div", { className: "what" }, el("bdi", {}, ...withMentions(words, mentions))),
  );
}

const unsentItem = ({ body }) =>
  el(
    "li",
    { className: "comment unsent" },
    el("div", { className: "small" }, bdi(root.dataset.me), " · ", text("desk.edit.waiting")),
    el("div", { className: "what" }, bdi(body.text)),
  );

// The text in parts: each mention is an element of its own.
function withMentions(words, mentions) {
  const labels = mentions.map((label) => label.toLowerCase()).sort((a, b) => b.length - a.length);
  const folded = words.toLowerCase();
  const found = [];
  let from = 0;
  for (let place = words.indexOf("@"); place >= 0; place = words.indexOf("@", place + 1)) {
    const label = labels.find((one) => folded.startsWith(one, place + 1) && !/^[\p{L}\p{N}]/u.test(words.slice(place + 1 + one.length)));
    if (!label || place < from) continue;
    const end = place + 1 + label.length;
    found.push(words.slice(from, place), el("strong", { className: "mention" }, words.slice(place, end)));
    from = end;
  }
  return [...found, words.slice(from)];
}

// It cannot be undone, so it takes two taps. A button that is left alone is safe again.
function deleteButton(card, id, words) {
  const made = button(text("desk.delete"), () => {
    if (made.dataset.sure) {
      const { iso3, name } = card.row;
      add({ iso3, name, type: "other", method: "DELETE", path: `${pathOf(iso3)}/${id}`, body: null, label: words });
      return;
    }
    made.dataset.sure = "true";
    made.textContent = text("desk.sure");
    setTimeout(disarm, SURE_FOR);
  }, "link");
  const disarm = () => {
    delete made.dataset.sure;
    made.textContent = text("desk.delete");
  };
  made.addEventListener("blur", disarm);
  return made;
}

function form(card) {
  const { iso3, name } = card.row;
  const field = el("textarea", { name: "text", rows: 1, maxLength: 4000, required: true, dir: "auto", "aria-label": text("desk.comment.new"), placeholder: text("desk.comment.new") });
  const made = el("form", { className: "comment-form" }, field, suggestPeople(field), el("button", { type: "submit", className: "second" }, text("desk.comment.add")));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    made.requestSubmit();
  });
  made.onsubmit = (event) => {
    event.preventDefault();
    const words = field.value.trim();
    if (words === "") return;
    made.reset();
    const path = pathOf(iso3);
    // The list shows it until it is sent.
    add({
      iso3,
      name,
      type: "other",
      method: "POST",
      path,
      label: words,
      body: { text: words },
      message: { key: "desk.comment.added", what: words.length > 40 ? `${words.slice(0, 40)}…` : words },
      undo: { method: "DELETE", path: `${path}/{id}`, label: words },
    });
  };
  return made;
}

/** Keeps the list up to date with the edits of this page. */
export function follow(findCard) {
  onChange(({ done, gone, discarded, iso3, json }) => {
    const card = findCard();
    if (!card?.comments || card.row.iso3 !== iso3) return;
    if (done?.method === "POST" && done.path === pathOf(iso3) && json && !card.comments.items.some(({ id }) => id === json.id)) {
      card.comments.items.push(json);
      show(card);
    } else if (done || gone) reloadComments(card);
    else if (discarded || edits().some((edit) => edit.path === pathOf(iso3))) show(card);
  });
}
