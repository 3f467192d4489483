// The entries that wait for a decision of their author: a colleague entered another vote, the member may not vote, or the
// service refused the entry. Nothing is overwritten unseen.

import { bdi, button, el, parts, text, word } from "../desk/texts.js";
import { nameOf } from "./board.js";
import { enter, giveUp, held, overwrite, questions } from "./entries.js";

const place = document.getElementById("questions");

export function draw() {
  const open = questions();
  const waiting = held();
  const drawn = JSON.stringify([open, waiting]);
  if (place.dataset.drawn === drawn) return;
  place.dataset.drawn = drawn;
  const earlier = open.filter(([, entry]) => entry.state === "earlier");
  const others = open.filter(([, entry]) => entry.state !== "earlier");
  place.replaceChildren(
    ...drawAll("vote-day.held", waiting),
    ...drawAll("vote-day.earlier", earlier, button(text("vote-day.earlier.enter"), () => earlier.forEach(([iso3]) => overwrite(iso3)), "second")),
    ...others.map(([iso3, entry]) => drawOne(iso3, entry)),
  );
}

// One question about all of them.
function drawAll(key, entries, ...more) {
  if (entries.length === 0) return [];
  const list = entries.map(([iso3, entry]) => `${nameOf(iso3)}: ${voteWord(entry.vote)}`).join("; ");
  return [question(parts(key, { entries: bdi(list) }), button(text("vote-day.give-up.all"), () => entries.forEach(([iso3]) => giveUp(iso3)), "second"), ...more)];
}

const voteWord = (vote) => word("vote", vote) ?? text("vote-day.no-entry");

function drawOne(iso3, entry) {
  const state = bdi(nameOf(iso3));
  if (entry.state === "conflict") {
    const { current } = entry;
    const values = { state, who: bdi(current.changedBy), theirs: voteWord(current.vote), mine: voteWord(entry.vote) };
    return question(
      parts("vote-day.conflict", values),
      button(text("vote-day.keep", { vote: voteWord(current.vote) }), () => giveUp(iso3), "second"),
      button(text("vote-day.mine", { vote: voteWord(entry.vote) }), () => overwrite(iso3)),
    );
  }
  if (entry.state === "asks") {
    return question(
      parts("vote-day.asks", { state }),
      button(text("vote-day.asks.no"), () => giveUp(iso3), "second"),
      button(text("vote-day.mine", { vote: voteWord(entry.vote) }), () => enter(iso3, entry.vote, { accept: true })),
    );
  }
  return question([state, ": ", ...parts("vote-day.refused", { detail: bdi(entry.detail) })], button(text("vote-day.give-up"), () => giveUp(iso3), "second"));
}

const question = (words, ...buttons) => el("div", { className: "notice" }, el("p", {}, ...words), el("div", { className: "moves" }, ...buttons));
