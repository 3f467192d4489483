// Says how the page is kept current. While the connection is lost, it says how old the figures are. When the session has
// ended, a link leads to the sign-in.

const INTERVAL = 5_000;
const MINUTE = 60_000;

export function createStatus(live) {
  const status = document.getElementById("connection");
  const text = status.querySelector("[data-text]");
  const signIn = status.querySelector("[data-sign-in]");
  const age = document.getElementById("age");
  const plurals = new Intl.PluralRules(document.documentElement.lang);
  let current = Date.now();

  function write() {
    if (!age) return;
    age.hidden = !isOld(status.dataset.connection);
    if (age.hidden) return;
    const minutes = Math.max(0, Math.floor((Date.now() - current) / MINUTE));
    const newest =
      minutes === 0 ? age.dataset.now : minutes < 60 ? counted("minutes", minutes) : counted("hours", Math.floor(minutes / 60));
    const time = new Date(current).toISOString().slice(11, 16);
    const said = newest.replace("{time}", time);
    if (age.textContent !== said) age.textContent = said;
  }

  function counted(unit, n) {
    const found = age.getAttribute(`data-${unit}-${plurals.select(n)}`) ?? age.getAttribute(`data-${unit}-other`);
    return found.replace("{n}", String(n));
  }

  const isOld = (name) => name === "lost" || name === "ended";

  setInterval(write, INTERVAL);

  return {
    /** Says how the page is kept current: `on`, `polling`, `lost` or `ended`. */
    say(name) {
      if (status.dataset.connection !== name) {
        status.dataset.connection = name;
        status.classList.toggle("on", name === "on");
        status.classList.toggle("lost", isOld(name));
        if (signIn) signIn.hidden = name !== "ended";
        text.textContent = live.dataset[name];
      }
      write();
    },

    /** Notes that the figures were current at this moment. */
    note(moment) {
      current = Math.max(current, moment);
    },
  };
}
