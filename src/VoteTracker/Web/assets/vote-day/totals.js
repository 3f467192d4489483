// The count of what the page shows, also of entries that are not saved; what the service says about the saved ones; and
// whether everything is saved.

import { bdi, el, text, word } from "../desk/texts.js";
import { factsOf, nameOf, VOTES } from "./board.js";
import { day, isConnected, order } from "./day.js";
import { unsaved, voteOf } from "./entries.js";
import { hasStorage } from "./kept.js";

const MOST_NAMED = 12;

export function draw() {
  const votes = order.map(voteOf);
  for (const vote of VOTES) setTotal(vote, votes.filter((one) => one === vote).length);
  setTotal("remaining", order.filter((iso3, i) => votes[i] === null && factsOf(iso3).eligible !== "false").length);
  drawOutlook();
  drawSaved();
  drawComparison();
  drawDifference();
}

function setTotal(name, n) {
  const place = document.querySelector(`[data-total="${name}"]`);
  if (place.textContent !== String(n)) place.textContent = String(n);
}

function drawOutlook() {
  const { outlook, yesToSecure, yesMissing } = day.tally;
  const line = outlook === "open" ? text("vote-day.outlook.open", { secure: yesToSecure ?? "–", least: yesMissing ?? "–" }) : outlook ? text(`vote-day.outlook.${outlook}`) : "";
  set(document.getElementById("outlook"), line);
}

function drawSaved() {
  const place = document.getElementById("saved");
  const n = unsaved().length;
  const parts = [n === 0 ? text("vote-day.saved") : text("vote-day.unsaved", { n })];
  if (n > 0) parts.push(text(hasStorage() ? "vote-day.unsaved.kept" : "vote-day.unsaved.memory"));
  if (!isConnected) parts.push(text("vote-day.lost"));
  place.classList.toggle("lost", n > 0 || !isConnected);
  set(place, parts.join(" "));
}

const percent = (share) => (share === null ? "–" : `${(share * 100).toFixed(1)}%`);

function drawComparison() {
  const place = document.getElementById("comparison");
  const { forecast, tally } = day;
  const drawn = JSON.stringify([forecast, tally]);
  if (place.dataset.drawn === drawn) return;
  place.dataset.drawn = drawn;
  if (!forecast) {
    place.replaceChildren(el("p", { className: "soft" }, text("vote-day.forecast.none")));
    return;
  }
  const rows = [
    ["vote-day.row.entered", [tally.yes, tally.no, tally.abstain, tally.nonVoting]],
    ["vote-day.row.expected", valuesOf(forecast.entered)],
    ["vote-day.row.rest", valuesOf(forecast.remaining)],
  ];
  place.replaceChildren(
    el("p", {}, text("vote-day.probability", { now: percent(forecast.probability), before: percent(forecast.probabilityBefore) })),
    el(
      "table",
      { className: "numbers" },
      el("thead", {}, el("tr", {}, el("td", {}), ...VOTES.map((vote) => el("th", { scope: "col" }, word("vote", vote))))),
      el("tbody", {}, ...rows.map(([key, values]) => el("tr", {}, el("th", { scope: "row" }, text(key)), ...values.map((value) => el("td", {}, String(value)))))),
    ),
    ...drawSurprises(forecast.surprises),
  );
}

const valuesOf = ({ yes, no, abstain, nonVoting }) => [yes, no, abstain, nonVoting].map((value) => value.toFixed(1));

function drawSurprises(states) {
  if (states.length === 0) return [];
  const named = states.slice(0, MOST_NAMED).flatMap((iso3, i) => [i > 0 ? ", " : "", bdi(nameOf(iso3)), ` (${word("vote", voteOf(iso3)) ?? "–"})`]);
  const more = states.length > MOST_NAMED ? " …" : "";
  return [el("p", { className: "small" }, text("vote-day.surprises", { n: states.length }), " ", ...named, more)];
}

function drawDifference() {
  const place = document.getElementById("difference");
  const { difference } = day;
  if (!difference) {
    set(place, "");
    return;
  }
  const names = { yes: "yes", no: "no", abstain: "abstain", nonVoting: "non-voting" };
  const parts = Object.entries(names)
    .filter(([name]) => difference[name])
    .map(([name, vote]) => `${word("vote", vote)} ${difference[name] > 0 ? "+" : "−"}${Math.abs(difference[name])}`);
  place.classList.toggle("lost", parts.length > 0);
  set(place, parts.length > 0 ? `${text("vote-day.difference")} ${parts.join(", ")}` : text("vote-day.difference.none"));
}

function set(element, value) {
  if (element.textContent !== value) element.textContent = value;
}
