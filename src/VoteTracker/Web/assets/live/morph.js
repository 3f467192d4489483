// Changes an element until it equals a newer one. What stays the same is not touched, so it keeps what the reader did with
// it: text in fields, the focus, the selection, open details, and how far it is scrolled.

/** Changes an element of the page until it equals a newer one of another document. */
export function morph(element, newer) {
  const focused = document.activeElement;
  patch(element, newer);
  // An element that moved has lost the focus.
  if (focused !== document.activeElement && focused?.isConnected) focused.focus({ preventScroll: true });
}

function patch(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  if (old.isEqualNode(fresh)) return;
  attributes(old, fresh);
  // A script fills these, or the reader.
  if (old.nodeName !== "OUTPUT" && old.nodeName !== "TEXTAREA") children(old, fresh);
}

function attributes(old, fresh) {
  // The reader opens details. A script changes the attribute that data-keep names.
  const kept = old.nodeName === "DETAILS" ? "open" : old.getAttribute("data-keep");
  for (const { name } of [...old.attributes]) {
    if (name !== kept && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
  for (const { name, value, namespaceURI } of fresh.attributes) {
    if (name !== kept && old.getAttribute(name) !== value) old.setAttributeNS(namespaceURI, name, value);
  }
}

function children(old, fresh) {
  const unused = new Map();
  for (const child of old.childNodes) {
    const key = keyOf(child);
    if (unused.has(key)) unused.get(key).push(child);
    else unused.set(key, [child]);
  }
  const wanted = [...fresh.childNodes].map((child) => [child, unused.get(keyOf(child))?.shift()]);
  // First, so that what follows does not move.
  for (const gone of unused.values()) for (const child of gone) child.remove();
  let place = old.firstChild;
  for (const [child, own] of wanted) {
    if (own && own === place) place = place.nextSibling;
    else if (own && old.moveBefore) old.moveBefore(own, place);
    else old.insertBefore(own ?? document.importNode(child, true), place);
    if (own) patch(own, child);
  }
}

// Two children with the same key are the same thing, before and after. Without a name, they are so by their order.
function keyOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? `${node.nodeName} ${nameOf(node)}` : node.nodeName;
}

function nameOf(element) {
  const name = element.id || element.dataset.live || element.dataset.key || element.getAttribute("aria-labelledby");
  if (name) return name;
  switch (element.nodeName) {
    case "A":
      return element.getAttribute("href");
    case "OPTION":
      return element.getAttribute("value");
    case "LI":
    case "TR":
      return element.querySelector("a")?.getAttribute("href") ?? "";
    default:
      return "";
  }
}
