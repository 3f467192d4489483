// Prints the brief of a state.

const button = document.querySelector("[data-do=print]");
button.hidden = false;
button.addEventListener("click", () => print());
document.documentElement.dataset.ready = "true";
