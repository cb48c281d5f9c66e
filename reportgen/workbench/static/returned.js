/** A Word file that came back: its changes one by one, taken or not, and its comments answered. */

import { byId, button, fill, h, say } from "./dom.js";
import { labelled, tell } from "./dialog.js";
import { choose, content } from "./files.js";
import { openPane } from "./panes.js";
import { ask, change, complain, Refusal, settled } from "./server.js";
import { report, take, watch } from "./state.js";

/** @typedef {import("./types.js").Returned} Returned */
/** @typedef {import("./types.js").ReturnedChange} ReturnedChange */
/** @typedef {import("./types.js").Opinion} Opinion */

/** @typedef {{how: string, reason: string}} Decided  in the words of the ledger: 已采纳, 不采纳 */

/** The kinds of file that come back. */
export const RETURNED = ".docx,.doc,.wps,.odt,.html,.htm";

/** Lets the clerk choose the file. */
export function chooseReturned() {
  choose(RETURNED, takeReturned);
}

/** Reads the file that came back and shows what was changed in it. @param {File} file */
export async function takeReturned(file) {
  const { id } = report;
  try {
    const given = await content(file);
    if (!given) return;
    say("正在读退回的稿…");
    await settled();
    const returned = await ask("returned", Object.assign({ id }, given));
    say("");
    if (report.id !== id) return;
    take(returned.report);
    openPane("returned");
  } catch (error) {
    say("");
    if (error instanceof Refusal) tell("这份稿收不进来", h("p", { class: "lines" }, error.message));
    else complain(error);
  }
}

function draw() {
  const pane = byId("pane-returned");
  const files = report.returned || [];
  const shown = files.flatMap(leftOf).flatMap((one) => one.numbers);
  const opinions = (report.opinions || []).filter((one) => (one.is_comment || one.open) && shown.indexOf(one.number) < 0);
  const waits = opinions.filter((opinion) => opinion.open);
  const answered = opinions.filter((opinion) => !opinion.open);
  fill(pane,
    h("p", {}, button("收退回的稿…", chooseReturned, { class: "main" }), h("span", { class: "soft" }, "　也可以把文件拖到页面上。")),
    ...files.filter((file, index) => index === files.length - 1 || leftOf(file).length).map(drawFile),
    waits.length > 0 && h("h3", {}, "还没有答复的意见"),
    waits.length > 0 && h("ol", { class: "plain" }, waits.map(drawOpinion)),
    answered.length > 0 && h("details", {}, h("summary", {}, "已经答复的 " + answered.length + " 条"),
      h("ol", { class: "plain" }, answered.map(drawOpinion))),
    !files.length && !opinions.length && h("p", { class: "soft" }, "领导在 Word 送审稿上改过、批注过的，收进来以后在这里一处一处定。"));
}

/** The changes nothing has been said of yet. @param {Returned} file */
const leftOf = (file) => file.changes.filter((one) => one.state === "未收进");

/** What was said of a change; the reason is in the ledger. @param {ReturnedChange} one @returns {Decided} */
function decided(one) {
  if (one.state === "已收进") return { how: "已采纳", reason: "" };
  const told = (report.opinions || []).filter((opinion) => one.numbers.indexOf(opinion.number) >= 0);
  const refused = told.find((opinion) => opinion.reason);
  return { how: refused ? refused.state : one.state, reason: refused ? refused.reason : "" };
}

/** @param {Returned} returned */
function drawFile(returned) {
  const left = leftOf(returned);
  const done = returned.changes.filter((one) => left.indexOf(one) < 0);
  return h("div", {},
    h("h3", {}, returned.name),
    h("p", { class: "soft" }, "是" + returned.draft + "，改动 " + returned.changes.length + " 处，还没有定的 " + left.length + " 处。"),
    left.length > 1 ? h("p", {}, button("其余全部采纳", () => accept(returned, left))) : null,
    h("ol", { class: "plain" }, left.map((one) => drawChange(returned, one))),
    done.length ? h("h4", {}, "已经定了的 " + done.length + " 处") : null,
    done.length ? h("ol", { class: "plain decided" }, done.map(drawDecided)) : null,
    returned.conflicts.length ? h("h3", {}, "两边都改了的") : null,
    h("ol", { class: "plain" }, returned.conflicts.map((one) => h("li", { class: "change" }, h("b", {}, one.place),
      h("p", {}, "退回稿：", h("ins", {}, one.theirs)), h("p", {}, "现在：", one.mine), h("p", { class: "soft" }, one.why)))),
    returned.title ? h("p", {}, "标题改过：", h("del", {}, returned.title[0]), " → ", h("ins", {}, returned.title[1]), "。标题由机关名称和年份来，请在上面改。") : null,
    returned.unknown.length ? h("h3", {}, "程序看不出该改在哪里的，请对照退回的稿子自己改") : null,
    returned.unknown.length ? h("ul", {}, returned.unknown.map((line) => h("li", {}, line))) : null);
}

/** Two sentences: the words before what is other, what is other in each, the words after. @param {string} old @param {string} now */
export function cut(old, now) {
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start] === now[start]) start++;
  let end = 0;
  while (end < shorter - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end++;
  return [old.slice(0, start), old.slice(start, old.length - end), now.slice(start, now.length - end), old.slice(old.length - end)];
}

/** What is other in a sentence, among the words that stay. @param {string} old @param {string} now */
function drawDifference(old, now) {
  const [before, gone, come, after] = cut(old, now);
  return [before, gone ? h("del", {}, gone) : null, come ? h("ins", {}, come) : null, after];
}

/** What stood there and what is to stand there. @param {boolean} isFigure @param {string} old @param {string} now */
function drawOldAndNew(isFigure, old, now) {
  if (isFigure) return h("p", {}, h("del", {}, old || "未填"), " → ", h("ins", {}, now || "未填"));
  return h("p", {}, drawDifference(old, now));
}

/** Where it is, how it stands, who said it. @param {string} place @param {...string} more */
function drawHead(place, ...more) {
  return h("p", {}, h("b", {}, place), more.filter(Boolean).map((words) => h("span", { class: "soft" }, "　" + words)));
}

/**
 * Takes it or not: the buttons, and the field for the reason.
 *
 * @param {string} label  of the field
 * @param {string} place
 * @param {(reason: string, problem: HTMLElement) => void} take
 * @param {(reason: string, problem: HTMLElement) => void} leave
 */
function drawChoice(label, place, take, leave) {
  const reason = /** @type {HTMLInputElement} */ (h("input", { type: "text", maxlength: "300", "aria-label": label + "：" + place }));
  const problem = h("p", { class: "problem", role: "alert" });
  return [
    labelled(label, reason),
    h("p", { class: "buttons" },
      button("采纳", () => take(reason.value.trim(), problem), { class: "main", "data-do": "take" }),
      button("不采纳", () => leave(reason.value.trim(), problem), { "data-do": "leave" })),
    problem,
  ];
}

/** @param {Returned} file @param {ReturnedChange} one */
function drawChange(file, one) {
  return h("li", { class: "change", "data-change": one.id },
    drawHead(one.place, one.by),
    drawOldAndNew(one.cell !== null, one.old, one.new),
    ...drawChoice("不采纳的理由", one.place, () => accept(file, [one]), (reason, problem) => refuse(one, reason, problem)));
}

/** @param {ReturnedChange} one */
function drawDecided(one) {
  const said = decided(one);
  return h("li", { class: "change", "data-decided": one.id },
    drawHead(one.place, one.by),
    drawOldAndNew(one.cell !== null, one.old, one.new),
    h("p", {}, h("b", {}, said.how), said.reason ? "（" + said.reason + "）" : ""));
}

/** @param {ReturnedChange} one @param {string} reason @param {HTMLElement} problem */
async function refuse(one, reason, problem) {
  try {
    for (const number of one.numbers) await answerWith(number, "refuse", reason);
    say("没有采纳：" + one.place);
    focusNext();
  } catch (error) {
    if (error instanceof Refusal) problem.textContent = error.message;
    else complain(error);
  }
}

/** Answers are of the ledger, not of the file: no hash. @param {number} number @param {"accept"|"refuse"} how
 * @param {string} reason */
const answerWith = (number, how, reason) => change("answer", { comment: number, answer: how, reason, hash: undefined });

/** @param {Returned} file @param {ReturnedChange[]} changes */
async function accept(file, changes) {
  try {
    const ids = changes.map((one) => one.id);
    const { taken } = await change("take", { token: file.token, changes: ids });
    if (taken < ids.length) say("采纳了 " + taken + " 处；另外 " + (ids.length - taken) + " 处没有收进来，还没有定。", "problem");
    else say("采纳了 " + taken + " 处，可以撤销。");
    focusNext();
  } catch (error) {
    complain(error);
  }
}

function focusNext() {
  const next = /** @type {HTMLElement|null} */ (byId("pane-returned").querySelector("li.change button") || byId("pane-returned").querySelector("button"));
  if (next) next.focus();
}

/** @param {Opinion} opinion */
function drawOpinion(opinion) {
  const isChange = !opinion.is_comment && (opinion.words !== "" || opinion.said !== "") && opinion.kind === "修改";
  const label = isChange ? "不采纳的理由" : "答复；不采纳的写理由";
  return h("li", { class: "change", "data-opinion": opinion.number },
    drawHead(opinion.place || opinion.kind, opinion.state, opinion.author),
    isChange ? drawOldAndNew(opinion.at in (report.labels || {}), opinion.words, opinion.said) : null,
    !isChange && opinion.words ? h("p", { class: "soft" }, "“" + opinion.words + "”") : null,
    isChange ? null : h("p", {}, opinion.said || opinion.text),
    opinion.replies.length ? h("ul", { class: "plain soft" }, opinion.replies.map((reply) => h("li", {}, "回复：" + reply))) : null,
    !opinion.open && opinion.reason ? h("p", { class: "soft" }, "答复：" + opinion.reason) : null,
    opinion.open ? drawChoice(label, opinion.place, (reason, problem) => answer(opinion, "accept", reason, problem),
      (reason, problem) => answer(opinion, "refuse", reason, problem)) : null);
}

/** @param {Opinion} opinion @param {"accept"|"refuse"} how @param {string} reason @param {HTMLElement} problem */
async function answer(opinion, how, reason, problem) {
  try {
    await answerWith(opinion.number, how, reason);
    say("已经答复：" + (opinion.said || opinion.text));
  } catch (error) {
    if (error instanceof Refusal) problem.textContent = error.message;
    else complain(error);
  }
}

/** The pane follows the ledger. */
export function watchReturned() {
  watch(["id", "opinions", "returned"], draw);
}
