/** Elements made in one call, and the few questions about the page that several modules ask. */

/**
 * Makes an element. Text is always text: nothing that comes from a file is ever read as HTML.
 *
 * @param {string} tag
 * @param {Object<string, any>} [attributes]  `class`, any attribute; a function is a listener ("click"); true is an
 *   attribute without a value; false, null and undefined are none
 * @param {...(Node|string|number|null|undefined|false|Array<Node|string|null|false>)} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  const given = attributes || {};
  for (const name of Object.keys(given)) {
    const value = given[name];
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

/** A button that does something. @param {string} label @param {(event: Event) => void} act
 * @param {Object<string, any>} [attributes] */
export function button(label, act, attributes) {
  return /** @type {HTMLButtonElement} */ (h("button", Object.assign({ type: "button", click: act }, attributes), label));
}

/** Puts these in the place of all that `parent` holds. @param {Element} parent
 * @param {...(Node|string|null|false)} children */
export function fill(parent, ...children) {
  while (parent.firstChild) parent.firstChild.remove();
  for (const child of children) if (child) parent.append(child);
}

/** The element of the page with this id. @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error("no element " + id);
  return found;
}

/** Whether someone works in this element. @param {Element} element */
export function hasFocus(element) {
  return element === document.activeElement || element.contains(document.activeElement);
}

/** Brings an element into view and lets it be seen for a moment. @param {Element} element */
export function show(element) {
  element.scrollIntoView({ block: "center" });
  element.classList.remove("flash");
  // The animation begins anew only when the style was worked out without the class in between.
  void element.getBoundingClientRect();
  element.classList.add("flash");
}

/** Goes to a place of the report: it is seen, and the keyboard is there. @param {HTMLElement} place */
export function visit(place) {
  const folded = place.closest("details");
  if (folded) folded.open = true;
  show(place);
  const focusable = place.matches("input,button") ? place : place.closest("section");
  if (!(focusable instanceof HTMLElement)) return;
  if (!focusable.matches("input,button")) focusable.setAttribute("tabindex", "-1");
  focusable.focus({ preventScroll: true });
}

let heard = 0;

/** How long a line is to be read, in ms: what was done, and what went wrong. */
const SEEN = { said: 12000, problem: 30000 };

/** A line goes at the latest when something else is clicked. The foot keeps its height while the button is down: what is
 * being clicked would move away from under the mouse. */
export function watchSaid() {
  const foot = /** @type {HTMLElement} */ (byId("said").parentElement);
  document.addEventListener("mousedown", (event) => {
    foot.style.minHeight = foot.offsetHeight + "px";
    if (!byId("said").contains(/** @type {Node} */ (event.target))) say("");
  }, true);
  document.addEventListener("mouseup", () => setTimeout(() => { foot.style.minHeight = ""; }), true);
}

/**
 * Says one line in the status line at the foot of the page (and to a screen reader).
 *
 * @param {string} text
 * @param {"said"|"problem"} [kind]  a problem stays longer
 */
export function say(text, kind) {
  const line = byId("said");
  line.textContent = text;
  line.className = kind || "said";
  const mine = ++heard;
  setTimeout(() => { if (heard === mine) line.textContent = ""; }, SEEN[kind || "said"]);
}
