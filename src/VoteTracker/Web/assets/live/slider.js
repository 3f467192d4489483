// The slider over the moments of the timeline. The row of a moment stays chosen when there are more.

const chosen = new WeakMap();

document.addEventListener("input", (event) => {
  const slider = event.target.closest?.(".slider");
  if (slider) show(slider);
});

/** Updates each slider of the page after its table has changed. */
export function updateSliders() {
  for (const slider of document.querySelectorAll(".slider")) {
    const rows = rowsOf(slider);
    const input = slider.querySelector("input");
    slider.hidden = rows.length === 0;
    if (rows.length === 0) continue;
    const { moment, isLast } = chosen.get(slider) ?? { isLast: true };
    const at = rows.findIndex((row) => row.dataset.key === moment);
    // At the newest moment, it follows the newest. A moment that has left the table is before the first row.
    input.value = String(isLast ? rows.length - 1 : Math.max(at, 0));
    show(slider);
  }
}

function rowsOf(slider) {
  return [...slider.parentElement.querySelectorAll("table.timeline tbody tr")];
}

function show(slider) {
  const rows = rowsOf(slider);
  const index = Number(slider.querySelector("input").value);
  const row = rows[index];
  const cells = [...row.children].map((cell) => cell.textContent);
  const text = `${cells[0]}: ${cells[1]}–${cells[2]}, ${cells[4]}`;
  const output = slider.querySelector("output");
  if (output.textContent !== text) output.textContent = text;
  chosen.set(slider, { moment: row.dataset.key, isLast: index === rows.length - 1 });
}
