/** The findings beside the report: each a jump to its place, with its fix, its waiver and its explanation. */

import { byId, button, fill, h, hasFocus, say, show, visit } from "./dom.js";
import { openPane } from "./panes.js";
import { fieldToldOf } from "./particulars.js";
import { change, complain } from "./server.js";
import { report, watch } from "./state.js";
import { fieldOf } from "./tables.js";
import { passage } from "./text.js";
import { askWaiver, takeBack } from "./waiver.js";

/** @typedef {import("./types.js").Finding} Finding */
/** @typedef {import("./types.js").Waived} Waived */

/** @type {Object<string, string>} */
const SEVERITIES = { error: "错误", warning: "提醒", note: "说明" };

/** The finding that was gone to last. */
let current = "";

/** Goes to the place of a finding. @param {Finding} finding */
export function goTo(finding) {
  current = finding.id;
  const field = finding.cells.map(fieldOf).find((found) => found !== null);
  const place = field || (finding.part ? passage(finding.part, finding.paragraph, finding.start) : fieldToldOf(finding.text));
  if (!place) {
    say(finding.text);
    return;
  }
  visit(place);
  for (const cell of finding.cells) {
    const other = fieldOf(cell);
    if (other && other !== place) flash(other);
  }
  mark();
}

/** Brings the list into view and the focus to its first finding, the worst. */
export function focusFirst() {
  openPane("findings");
  const first = byId("findings").querySelector(".finding");
  const act = /** @type {HTMLElement} */ ((first && first.querySelector("button")) || byId("findings-title"));
  if (first) show(first);
  act.focus({ preventScroll: true });
}

/** @param {Element} element */
function flash(element) {
  element.classList.remove("flash");
  void element.getBoundingClientRect();
  element.classList.add("flash");
}

/** Goes to the next finding, or the one before. @param {1|-1} by */
export function goOn(by) {
  const all = ordered();
  if (!all.length) {
    say("没有发现问题。");
    return;
  }
  const at = all.findIndex((finding) => finding.id === current);
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length];
  goTo(next);
  say(SEVERITIES[next.severity] + "：" + next.text);
}

/** The findings, the worst first. */
function ordered() {
  const rank = Object.keys(SEVERITIES);
  return (report.findings || []).slice().sort((one, other) => rank.indexOf(one.severity) - rank.indexOf(other.severity));
}

function mark() {
  for (const item of Array.from(byId("findings").querySelectorAll("[data-finding]")))
    item.classList.toggle("current", item.getAttribute("data-finding") === current);
}

/** @param {Finding} finding */
function draw(finding) {
  const { fix } = finding;
  const rule = (report.rules || {})[finding.rule];
  return h("li", { class: "finding " + finding.severity, "data-rule": finding.rule, "data-finding": finding.id },
    h("p", {}, h("span", { class: "severity" }, SEVERITIES[finding.severity]), " ", finding.text),
    finding.advice ? h("p", { class: "soft" }, finding.advice) : null,
    h("p", { class: "buttons" },
      hasPlace(finding) && button("去看", () => goTo(finding), { "data-do": "go" }),
      fix && button(fix.label, () => mend(finding), { class: "main", "data-do": "fix" }),
      finding.can_waive && button("不是问题…", () => askWaiver(finding), { class: "quiet", "data-do": "waive" })),
    rule ? h("details", {}, h("summary", {}, "为什么查这个（" + finding.rule + "）"),
      h("p", { class: "soft lines" }, h("b", {}, rule.title), "\n", rule.text, rule.source ? "\n依据：" + rule.source : "")) : null);
}

/** @param {Finding} finding */
const hasPlace = (finding) => finding.cells.length > 0 || finding.part !== null || fieldToldOf(finding.text) !== null;

/** @param {Finding} finding */
async function mend(finding) {
  try {
    await change("fix", { finding: finding.id });
    say("已经改好：" + finding.text);
  } catch (error) {
    complain(error);
  }
}

async function mendAll() {
  try {
    const { fixed } = await change("fix_all", {});
    say("已经改好 " + fixed + " 处，可以撤销。");
  } catch (error) {
    complain(error);
  }
}

function drawAll() {
  const list = byId("findings");
  const open = new Set(Array.from(list.querySelectorAll("[data-finding]"))
    .filter((item) => item.querySelector("details[open]")).map((item) => item.getAttribute("data-finding")));
  const focused = document.activeElement instanceof HTMLElement && list.contains(document.activeElement)
    ? Math.max(0, Array.from(list.querySelectorAll("button,summary")).indexOf(document.activeElement)) : -1;
  const all = ordered();
  fill(list, ...all.map(draw));
  if (!all.length) list.append(h("li", { class: report.syntax ? "finding" : "finding none" }, report.syntax ? "先改好左边的写法，再查报告。" : "没有发现问题。"));
  for (const item of Array.from(list.querySelectorAll("[data-finding]"))) {
    const details = item.querySelector("details");
    if (details && open.has(item.getAttribute("data-finding"))) details.open = true;
  }
  // A finding that went away with its button leaves the focus at what is in its place.
  if (focused >= 0) {
    const left = /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("button,summary"));
    const next = left[Math.min(focused, left.length - 1)];
    if (next) next.focus();
    else byId("findings-title").focus();
  }
  mark();
  byId("fix-all").hidden = all.filter((finding) => finding.fix).length < 2;
}

function drawCounts() {
  const { error, warning, note, unfilled } = report.summary || { error: 0, warning: 0, note: 0, unfilled: 0 };
  const words = "错误 " + error + "　提醒 " + warning + "　说明 " + note + (unfilled ? "　未填 " + unfilled : "");
  if (byId("counts").textContent !== words) byId("counts").textContent = words;
  byId("counts").className = error ? "error" : warning ? "warning" : "";
}

/** @param {string} id @param {string} title @param {(Node|string)[]} items @param {string} [kind] */
const fold = (id, title, items, kind) => items.length > 0 &&
  h("details", { id }, h("summary", {}, title), h("ul", { class: kind }, items.map((item) => h("li", {}, item))));

/** @param {Waived} one */
const drawWaived = (one) => h("div", { class: "change", "data-waived": one.rule },
  h("p", {}, one.text),
  h("p", { class: "soft" }, "理由：" + one.reason + "（" + one.by + "）"),
  h("p", { class: "buttons" }, button("收回说明", () => takeBack(one), { "data-do": "unwaive", "aria-label": "收回说明：" + one.text })));

function drawRest() {
  const rest = byId("rest");
  const open = Array.from(rest.querySelectorAll("details")).filter((one) => one.open).map((one) => one.id);
  const focused = hasFocus(rest);
  const remarks = report.remarks || [];
  const unchecked = remarks.filter((remark) => !remark.checked).map((remark) => remark.text);
  const checked = remarks.filter((remark) => remark.checked).map((remark) => remark.text);
  const waived = (report.waived || []).map(drawWaived);
  fill(rest,
    fold("waived", "说明过不是问题的 " + waived.length + " 条", waived, "plain"),
    fold("unchecked", "程序没有查的 " + unchecked.length + " 项，请人看", unchecked),
    fold("checked", "已经查过的", checked));
  for (const one of Array.from(rest.querySelectorAll("details"))) one.open = open.indexOf(one.id) >= 0;
  // A waiver that went away with its button leaves the focus at the next.
  if (focused && !hasFocus(rest)) /** @type {HTMLElement} */ (rest.querySelector("details[open] button") || byId("findings-title")).focus();
}

/** The list follows every change. */
export function watchFindings() {
  watch(["findings", "syntax"], drawAll);
  watch(["summary"], drawCounts);
  watch(["waived", "remarks"], drawRest);
  byId("fix-all").addEventListener("click", mendAll);
}
