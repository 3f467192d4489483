// Adds a button to each example that copies it. A page without a secure address has no clipboard, and then no buttons.

const chapter = document.querySelector(".chapter[data-copy]");
const SHOWN_FOR = 2_000;

function addButton(example) {
  const button = document.createElement("button");
  const language = document.documentElement;
  button.type = "button";
  button.lang = language.lang;
  button.dir = language.dir;
  button.textContent = chapter.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(example.querySelector("code").textContent.trimEnd());
    button.textContent = chapter.dataset.copied;
    setTimeout(() => (button.textContent = chapter.dataset.copy), SHOWN_FOR);
  });
  example.prepend(button);
}

if (chapter && navigator.clipboard) {
  for (const example of chapter.querySelectorAll(".code")) {
    // What a command prints is not copied.
    if (example.dataset.language !== "text") addButton(example);
  }
}
