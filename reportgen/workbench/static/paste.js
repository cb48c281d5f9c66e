/** A block pasted from Excel or WPS: the server finds where it belongs. */

import { say } from "./dom.js";
import { change, complain } from "./server.js";
import { overwritten } from "./typing.js";

/**
 * Takes a pasted block; one value is left to the field.
 *
 * @param {ClipboardEvent} event
 * @param {string} cell  the field it was pasted into
 */
export async function paste(event, cell) {
  const text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
  if (!/[\t\n\r]/.test(text.trim())) return;
  event.preventDefault();
  try {
    const { pasted } = await change("paste", { at: cell, text });
    overwritten(pasted.cells);
    const left = pasted.left_out && pasted.left_out.length ? "没有填的：" + pasted.left_out.join("；") : "";
    say(pasted.said + left, left ? "problem" : "said");
  } catch (error) {
    complain(error);
  }
}
