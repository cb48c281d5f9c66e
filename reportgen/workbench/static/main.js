/** The start: the folder's reports, or one report with all that stands beside it. */

import { closeAbout, watchAbout } from "./bind.js";
import { byId, fill, h, say, watchSaid } from "./dom.js";
import { watchConflict } from "./conflict.js";
import { watchEditor } from "./editor.js";
import { dropsGo, watchDrops } from "./files.js";
import { watchFindings } from "./findings.js";
import { showFolderView } from "./folder.js";
import { watchKeys } from "./keys.js";
import { takeLastYear, watchLastYear } from "./last_year.js";
import { openPane, watchPanes, whenSeen } from "./panes.js";
import { watchPapers } from "./papers.js";
import { watchParticulars } from "./particulars.js";
import { previewIn } from "./preview.js";
import { chooseReturned, takeReturned, watchReturned } from "./returned.js";
import { ask, beat, complain, mark, settled } from "./server.js";
import { forget, report, take, watch } from "./state.js";
import { watchSyntax } from "./syntax.js";
import { clearTables, drawTable, refreshFocused, watchTables } from "./tables.js";
import { clearText, drawPart, watchText } from "./text.js";
import { watchTyping } from "./typing.js";
import { chooseVerified, verify, watchVerified } from "./verify.js";

/** @typedef {import("./types.js").Table} Table */

/** The report is drawn anew when it is another one, or has other parts. */
let shape = "";

function drawReport() {
  const { tables, parts } = report;
  const now = JSON.stringify([report.id, tables, (parts || []).map((part) => part.key)]);
  if (now === shape) return;
  shape = now;
  clearTables();
  clearText();
  fill(byId("report"), h("h1", { class: "title", tabindex: "-1" }, report.title || report.file));
  for (const part of parts || []) {
    const table = (tables || []).find((one) => one.key === part.table);
    byId("report").append(table ? drawSection(table) : drawPart(part));
  }
}

/** A table under its heading. @param {Table} table */
function drawSection(table) {
  return h("section", { class: "part", "data-part": table.key, "aria-label": table.heading },
    h("h2", {}, table.heading), drawTable(table));
}

/** Opens one report. @param {string} id @returns {Promise<boolean>} whether there is such a report */
async function open(id) {
  closeAbout();
  try {
    const answer = await ask("report", { id });
    forget();
    document.body.setAttribute("data-view", "report");
    window.history.replaceState(null, "", "#" + id);
    byId("file").textContent = answer.file;
    document.title = answer.file + " · 政府信息公开年报";
    take(answer);
    openPane("findings");
    const left = answer.left_beside.join("、");
    say(left && "以前有改动没有写进这份报告，连同全文另存在旁边的“" + left + "”。请对照，补进来以后把它删去。", "problem");
    byId("paper").scrollTop = 0;
    const title = byId("report").querySelector("h1");
    if (title && !answer.syntax) title.focus({ preventScroll: true });
    dropsGo(() => [
      { label: "收退回的稿：改动一处一处定", take: takeReturned },
      { label: "核对已公布的文件：哪里与这里不同", take: verify },
      ...(report.last_year ? [] : [{ label: "这是上一年的报告：放在旁边对照", take: takeLastYear }]),
    ]);
    return true;
  } catch (error) {
    complain(error);
    return false;
  }
}

async function back() {
  await settled();
  forget();
  document.body.setAttribute("data-view", "folder");
  window.history.replaceState(null, "", "#");
  await showFolderView(open);
}

async function start() {
  watch(["id", "tables", "parts", "title"], drawReport);
  watchTables();
  watchTyping();
  watchText();
  watchEditor();
  watchParticulars();
  watchFindings();
  watchLastYear(byId("pane-last"));
  whenSeen("page", previewIn(byId("pane-page"), "page", "网页预览"));
  whenSeen("word", previewIn(byId("pane-word"), "word", "Word 版面预览"));
  watchReturned();
  watchVerified();
  watchConflict();
  watchSyntax();
  watchAbout();
  watchPanes();
  watchPapers();
  watchKeys();
  watchDrops();
  watchSaid();
  beat(refreshFocused);
  byId("back").addEventListener("click", back);
  byId("take-returned").addEventListener("click", chooseReturned);
  byId("verify").addEventListener("click", chooseVerified);
  watch(["trouble", "saved"], mark);
  watch(["last", "last_year"], () => document.body.classList.toggle("has-last", Boolean(report.last_year)));
  const shown = /** @type {HTMLInputElement} */ (byId("show-last"));
  shown.addEventListener("change", () => document.body.classList.toggle("show-last", shown.checked));
  document.body.classList.toggle("show-last", shown.checked);

  const asked = window.location.hash.slice(1);
  if (asked && (await open(asked))) return;
  try {
    const { single } = await ask("start", {});
    if (!single || !(await open(single))) await back();
  } catch (error) {
    complain(error);
  }
}

start();
