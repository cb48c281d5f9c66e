/** The body's name, address and the like, and what the page says of its publication: one field each. */

import { byId, fill, h, say } from "./dom.js";
import { change, complain, mark } from "./server.js";
import { report, watch } from "./state.js";

/** @typedef {import("./types.js").Field} Field */

/** Each visit of a field is one step of undo. */
let visit = 0;

/** @type {Set<HTMLInputElement>} Fields that hold what is not in the file yet. */
const ahead = new Set();

/** @type {Map<HTMLInputElement, string>} What was typed last and answered: of that is what is typed on. */
const answered = new Map();

/** The fields follow the report. */
export function watchParticulars() {
  watch(["agency_fields", "publication_fields"], draw);
}

function draw() {
  update(byId("agency"), "agency", report.agency_fields || []);
  update(byId("publication"), "publication", report.publication_fields || []);
}

/** @param {HTMLElement} box @param {"agency"|"publication"} group @param {Field[]} fields */
function update(box, group, fields) {
  const names = fields.map((field) => field.key).join(" ");
  if (box.getAttribute("data-fields") !== names) {
    box.setAttribute("data-fields", names);
    fill(box, ...fields.map((field) => drawField(group, field)));
  }
  for (const field of fields) {
    const input = /** @type {HTMLInputElement} */ (box.querySelector('[data-field="' + field.key + '"]'));
    if (input !== document.activeElement && !ahead.has(input)) show(input, field);
  }
}

/** The field with the focus, which keeps what is typed as it is typed, shows the file again. */
export function refreshField() {
  const input = document.activeElement;
  const key = input && input.getAttribute("data-field");
  const fields = input && input.closest("#agency") ? report.agency_fields : report.publication_fields;
  const field = (fields || []).find((one) => one.key === key);
  if (field) show(/** @type {HTMLInputElement} */ (input), field);
}

/** @param {HTMLInputElement} input @param {Field} field */
function show(input, field) {
  answered.delete(input);
  input.value = field.value;
}

/** The field that words about a particular are of: they name it and what stands there. @param {string} words
 * @returns {HTMLInputElement|null} */
export function fieldToldOf(words) {
  for (const [id, fields] of /** @type {[string, Field[]][]} */ ([["agency", report.agency_fields || []], ["publication", report.publication_fields || []]])) {
    const told = fields.find((field) => field.value && words.indexOf(field.label + "“" + field.value + "”") >= 0);
    if (told) return fieldNamed(id, told.key);
  }
  return null;
}

/** @param {string} group @param {string} key @returns {HTMLInputElement|null} */
export const fieldNamed = (group, key) => byId(group).querySelector('[data-field="' + key + '"]');

/** @param {"agency"|"publication"} group @param {Field} field */
function drawField(group, field) {
  const input = /** @type {HTMLInputElement} */ (h("input", { type: "text", "data-field": field.key, autocomplete: "off" }));
  let waits = false;
  input.addEventListener("focus", () => {
    visit++;
    fill(byId("help"), h("b", {}, field.label), h("span", {}, field.help));
  });
  input.addEventListener("blur", () => fill(byId("help")));
  input.addEventListener("input", async (event) => {
    if (/** @type {InputEvent} */ (event).isComposing || waits) return;
    waits = true;
    ahead.add(input);
    const step = group + " " + visit;
    let sent = "";
    try {
      await change(group, () => {
        waits = false;
        sent = input.value;
        return { key: field.key, value: sent, was: answered.get(input), step };
      });
      answered.set(input, sent);
    } catch (error) {
      complain(error);
      input.setAttribute("data-unreadable", "");
      mark();
      return;
    }
    input.removeAttribute("data-unreadable");
    mark();
    if (!waits) ahead.delete(input);
  });
  input.addEventListener("compositionend", () => input.dispatchEvent(new InputEvent("input", { bubbles: true })));
  input.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) say(""); });
  return h("label", { class: "labelled" }, h("span", {}, field.label), input);
}
