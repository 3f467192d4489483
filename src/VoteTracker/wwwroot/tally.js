// Shows the tally of the newest public resolution, and keeps it so: the stream brings each newer one.

const byId = (id) => document.getElementById(id);

const COUNTS = [
  ["yes", "Yes"],
  ["no", "No"],
  ["abstain", "Abstain"],
  ["absent", "Absent"],
  ["undecided", "Undecided"],
  ["unknown", "Unknown"],
  ["ineligible", "Ineligible"],
  ["coSponsors", "Co-sponsors"],
];

function show(tally) {
  const voting = tally.presentAndVoting ?? 0;
  byId("reached").textContent =
    tally.reached === null ? "" : tally.reached ? "Majority reached" : "Majority not reached";
  byId("sentence").textContent = tally.sentence;
  byId("asOf").dateTime = tally.asOf;
  byId("asOf").textContent = new Date(tally.asOf).toUTCString();
  byId("version").textContent = tally.version;

  const bar = byId("bar");
  bar.hidden = voting === 0;
  if (voting > 0) {
    bar.querySelector(".yes").style.width = `${(100 * tally.yes) / voting}%`;
    bar.querySelector(".no").style.width = `${(100 * tally.no) / voting}%`;
    const mark = bar.querySelector("i");
    mark.hidden = tally.required === null;
    mark.style.left = `${(100 * (tally.required ?? 0)) / voting}%`;
    bar.setAttribute("aria-label", `${tally.yes} yes and ${tally.no} no; ${tally.required} yes needed`);
  }

  byId("counts").replaceChildren(
    ...COUNTS.filter(([key]) => tally[key] !== null).map(([key, name]) => {
      const box = document.createElement("div");
      const term = document.createElement("dt");
      const count = document.createElement("dd");
      term.textContent = name;
      count.textContent = tally[key];
      box.append(term, count);
      return box;
    }),
  );
}

const answer = await fetch("/v1/resolutions?limit=1&include=tally");
const [resolution] = (await answer.json()).items ?? [];
if (resolution) {
  byId("symbol").textContent = resolution.symbol ?? resolution.id;
  byId("status").textContent = resolution.status;
  byId("title").textContent = resolution.title;
  const link = document.createElement("a");
  link.href = `/v1/resolutions/${resolution.id}/tally`;
  link.textContent = "As JSON";
  byId("link").append(link);
  show(resolution.tally);
  byId("tally").hidden = false;
  const stream = new EventSource(`/v1/resolutions/${resolution.id}/tally/stream`);
  stream.addEventListener("tally", (event) => show(JSON.parse(event.data)));
} else {
  byId("nothing").hidden = false;
}
