// A tap ends on the element on which it began: a list that is drawn again in the middle of a tap would lose it.

// The event `click` follows the release at once. A release outside of the window has no event.
const AFTER = 50;
const MOST = 2_000;

let end = Promise.resolve();

addEventListener(
  "pointerdown",
  () => {
    end = new Promise((done) => {
      setTimeout(done, MOST);
      for (const name of ["pointerup", "pointercancel"]) addEventListener(name, () => setTimeout(done, AFTER), { once: true, capture: true });
    });
  },
  { capture: true },
);

/** Waits until no finger and no button of the mouse is down. */
export const released = () => end;
