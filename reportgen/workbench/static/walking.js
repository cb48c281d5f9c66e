/** From field to field by keyboard: Enter and the arrows, as in a spreadsheet. Tab is the browser's own. */

import { fieldOf, fieldsIn, placeOf } from "./tables.js";

/**
 * Goes to the next field if the key asks for it.
 *
 * @param {KeyboardEvent} event
 * @param {HTMLInputElement} input
 * @param {string} cell
 * @returns {boolean} whether it went
 */
export function move(event, input, cell) {
  if (event.ctrlKey || event.altKey || event.metaKey) return false;
  const wanted = target(event, input, cell);
  const field = wanted && fieldOf(wanted);
  if (!field) return event.key === "Enter";
  field.focus();
  return true;
}

/** @param {KeyboardEvent} event @param {HTMLInputElement} input @param {string} cell @returns {string|null} */
function target(event, input, cell) {
  const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
  switch (event.key) {
    case "Enter":
      return event.shiftKey ? above(cell) || beside(cell, -1) : below(cell) || beside(cell, 1);
    case "ArrowDown":
      return below(cell);
    case "ArrowUp":
      return above(cell);
    case "ArrowRight":
      return whole || input.selectionStart === input.value.length ? beside(cell, 1) : null;
    case "ArrowLeft":
      return whole || input.selectionEnd === 0 ? beside(cell, -1) : null;
    default:
      return null;
  }
}

/** The field before or after it, as one reads. @param {string} cell @param {1|-1} by @returns {string|null} */
function beside(cell, by) {
  const all = Array.from(document.querySelectorAll("input[data-cell]"));
  const next = all[all.findIndex((field) => field.getAttribute("data-cell") === cell) + by];
  return next ? next.getAttribute("data-cell") : null;
}

/** @param {string} cell */
const below = (cell) => vertical(cell, 1);

/** @param {string} cell */
const above = (cell) => vertical(cell, -1);

/** The nearest field of the table in the same column. @param {string} cell @param {1|-1} by @returns {string|null} */
function vertical(cell, by) {
  const here = placeOf(cell);
  if (!here) return null;
  let best = null;
  let distance = Infinity;
  for (const [other, place] of fieldsIn(here.table)) {
    const rows = (place.row - here.row) * by;
    const overlaps = place.column < here.column + here.columns && here.column < place.column + place.columns;
    if (rows > 0 && rows < distance && overlaps) [best, distance] = [other, rows];
  }
  return best;
}
