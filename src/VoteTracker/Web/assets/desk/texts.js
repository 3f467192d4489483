// The messages of the page in the reader's language, and the elements that scripts make. Text of users is never HTML: it
// becomes text nodes, isolated by <bdi>.

export const root = document.querySelector("[data-texts]");
const texts = JSON.parse(root.dataset.texts);
const plurals = new Intl.PluralRules(document.documentElement.lang);
const newYork = new Intl.DateTimeFormat("en-CA", { timeZone: "America/New_York" });
const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", hour: "2-digit", minute: "2-digit" });

// The parts of a message, with a node or a text in the place of each placeholder. The value `n` selects the plural.
export function parts(key, values = {}) {
  let found = texts[key];
  if (found === undefined) throw new Error(`There is no text ${key}.`);
  if (typeof found !== "string") found = found[plurals.select(values.n)] ?? found.other;
  return found
    .split(/(\{[a-z]+\})/u)
    .filter((part) => part !== "")
    .map((part) => (/^\{[a-z]+\}$/u.test(part) ? (values[part.slice(1, -1)] ?? "") : part));
}

export const text = (key, values) =>
  parts(key, values)
    .map((part) => part.textContent ?? part)
    .join("");

export const word = (kind, value) => (value ? text(`${kind}.${value}`) : null);

/** The address of another page in the reader's language. */
export function link(path) {
  const lang = new URL(location.href).searchParams.get("lang");
  if (!lang) return path;
  const address = new URL(path, location.href);
  address.searchParams.set("lang", lang);
  return address.pathname + address.search + address.hash;
}

// Today in New York, as the server states it: the clock of a phone can be wrong.
export const today = () => root.dataset.today;

export const dayOf = (moment) => newYork.format(new Date(moment));

export function shortDay(day) {
  const [year, month, date] = day.split("-").map(Number);
  const isFirst = date === 1 && texts["date.short.first"];
  return text(isFirst ? "date.short.first" : "date.short", {
    day: date,
    month: text(`month.${month}`),
    short: text(`month-short.${month}`),
    number: month,
    year,
  });
}

export function age(moment) {
  const days = Math.round((Date.parse(today()) - Date.parse(dayOf(moment))) / 86_400_000);
  return days <= 0 ? text("desk.age.today") : text("desk.age", { n: days });
}

export const at = (moment) => text("desk.at", { age: age(moment), time: clock.format(new Date(moment)) });

// An element with properties, attributes (`data-…`, `aria-…`), and children.
export function el(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined) continue;
    if (key.includes("-")) made.setAttribute(key, value);
    else made[key] = value;
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

export const bdi = (value) => el("bdi", {}, String(value ?? ""));

export const button = (label, onclick, className = "") => el("button", { type: "button", className, onclick }, label);
