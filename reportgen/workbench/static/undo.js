/** Undo and redo, and what they took back or made again. */

import { say, show } from "./dom.js";
import { fieldNamed, refreshField } from "./particulars.js";
import { change, complain } from "./server.js";
import { report } from "./state.js";
import { fieldOf, refreshFocused } from "./tables.js";
import { passage } from "./text.js";
import { giveUp } from "./typing.js";

/** @typedef {import("./types.js").Report} Report */

/** Undo or redo. @param {"undo"|"redo"} name */
export async function step(name) {
  giveUp();
  const before = Object.assign({}, report);
  try {
    await change(name, {});
    refreshFocused();
    refreshField();
    const { words, place } = difference(before);
    if (place) show(place);
    say((name === "undo" ? "撤销了" : "重做了") + (words ? "：" + words : "一步") + "。");
  } catch (error) {
    complain(error);
  }
}

/**
 * What is other than before, in words, and the first place of it.
 *
 * @param {Partial<Report>} before
 * @returns {{words: string, place: Element|null}}
 */
function difference(before) {
  const said = [];
  const places = [];
  const was = before.figures || {};
  const cells = Object.keys(report.figures || {}).filter((cell) => report.figures[cell] !== was[cell] && !isSum(cell));
  if (cells.length) {
    const label = report.labels[cells[0]] || cells[0];
    said.push(cells.length > 1 ? label + "等 " + cells.length + " 个数" : label + "现在是 " + (report.figures[cells[0]] || "未填"));
    places.push(fieldOf(cells[0]));
  }
  for (const part of report.parts || []) {
    const old = (before.parts || []).find((one) => one.key === part.key);
    if (!old || old.source === part.source) continue;
    said.push("“" + part.name + "”的文字");
    places.push(passage(part.key, null, null));
  }
  for (const group of /** @type {const} */ (["agency", "publication"])) {
    const old = before[/** @type {"agency_fields"} */ (group + "_fields")] || [];
    for (const field of report[/** @type {"agency_fields"} */ (group + "_fields")] || []) {
      const one = old.find((each) => each.key === field.key);
      if (!one || one.value === field.value) continue;
      said.push(field.label + "现在是 " + (field.value || "空的"));
      places.push(fieldNamed(group, field.key));
    }
  }
  const waivers = (report.waived || []).length - (before.waived || []).length;
  if (!said.length && waivers) said.push(waivers > 0 ? "“不是问题”的说明又有了" : "“不是问题”的说明没有了");
  return { words: said.join("，"), place: places.find((one) => one !== null) || null };
}

/** Whether the file leaves a total out: it follows from the others. @param {string} cell */
const isSum = (cell) => (report.computed || []).indexOf(cell) >= 0;
