// Reads a calendar with the library of Thunderbird: node read-calendar.mjs FILE. Prints a line for each entry.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
}
const lines = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  const start = event.startDate.isDate ? event.startDate.toString() : event.startDate.toJSDate().toISOString().slice(0, 19) + "Z";
  const status = component.getFirstPropertyValue("status");
  return [event.uid.split("@")[0], start, status, event.sequence, event.summary, event.location ?? ""].join(" | ");
});
console.log(lines.sort().join("\n"));
