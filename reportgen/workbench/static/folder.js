/** A folder's reports by year, each with its state; and this year's made from a published one. */

import { byId, button, fill, h, say } from "./dom.js";
import { labelled, lines, openDialog, tell } from "./dialog.js";
import { choose, content, dropsGo } from "./files.js";
import { made } from "./papers.js";
import { RETURNED, takeReturned } from "./returned.js";
import { ask, complain, Refusal } from "./server.js";

/** @typedef {import("./types.js").Folder} Folder */
/** @typedef {import("./types.js").ListedReport} ListedReport */

/**
 * Asks for the folder and shows it.
 *
 * @param {(id: string) => Promise<any>} open  opens one report
 */
export async function showFolderView(open) {
  let folder;
  try {
    folder = /** @type {Folder} */ (await ask("folder", {}));
  } catch (error) {
    complain(error);
    return;
  }
  draw(folder, open);
}

/** @param {Folder} folder @param {(id: string) => Promise<any>} open */
function draw(folder, open) {
  document.title = folder.folder + " · 政府信息公开年报";
  const make = () => askNew(folder, open);
  const drafted = folder.reports.filter((one) => one.draft !== null);
  dropsGo(() => [
    { label: "从这份文件新建一年的报告", take: (file) => create("new", { with_text: true }, file, open) },
    { label: "把这份文件读成输入文件", take: (file) => create("take_in", {}, file, open) },
    ...drafted.slice(0, 3).map((one) => ({
      label: "收退回的稿：" + one.year + "年 " + one.agency,
      take: (/** @type {File} */ file) => comeBack(one.id, file, open),
    })),
  ]);
  fill(byId("folder"),
    h("h1", {}, folder.folder),
    h("p", { class: "buttons" },
      button("新的一年…", make, { class: "main", id: "new-year" }),
      button("读入公布的报告…", () => choose("", (file) => create("take_in", {}, file, open)), { id: "take-in" }),
      folder.can_collate && button("汇总", collate)),
    folder.reports.length ? h("ul", { class: "reports" }, folder.reports.map((one) => drawReport(one, open))) : nothing(),
    folder.others.length > 0 && h("h2", {}, "文件夹里公布的文件"),
    folder.others.length > 0 && h("ul", { class: "reports others" }, folder.others.map((one) => drawOther(one, open))));
  const first = /** @type {HTMLElement|null} */ (byId("folder").querySelector(".reports button") || byId("new-year"));
  if (first) first.focus();
}

/** @param {string} id @param {File} file @param {(id: string) => Promise<any>} open */
async function comeBack(id, file, open) {
  await open(id);
  await takeReturned(file);
}

function nothing() {
  return h("p", { class: "nothing" },
    "这个文件夹里还没有报告。按“新的一年”，选一份已经公布的年度报告（网页、Word、PDF、Excel 都可以），就有了今年的输入文件。");
}

/** @param {ListedReport} one @param {(id: string) => Promise<any>} open */
function drawReport(one, open) {
  const badge = (/** @type {boolean|number|null} */ on, /** @type {string} */ text, /** @type {string} */ kind) =>
    on ? h("span", { class: "badge " + kind }, text) : null;
  const sound = !one.problem && !one.unfilled && !one.errors && !one.warnings;
  return h("li", { "data-report": one.id },
    h("button", { type: "button", class: "report-name", click: () => open(one.id) },
      h("b", {}, one.year ? one.year + "年" : "年份不明"), " ", one.agency || one.file),
    h("span", { class: "soft" }, one.file),
    h("span", { class: "badges" },
      badge(Boolean(one.problem), "写法有错", "error"),
      badge(one.unfilled, "未填 " + one.unfilled, "note"),
      badge(one.errors, "错误 " + one.errors, "error"),
      badge(one.warnings, "提醒 " + one.warnings, "warning"),
      badge(sound, "没有问题", "good"),
      badge(one.draft !== null, "送审稿" + one.draft, ""),
      badge(one.final, "定稿", "good")),
    one.draft !== null
      ? button("收退回的稿…", () => choose(RETURNED, (file) => comeBack(one.id, file, open)), { class: "quiet" }) : null,
    one.problem ? h("p", { class: "problem" }, one.problem) : null);
}

/** Asks what this year's report is made from. @param {Folder} folder @param {(id: string) => Promise<any>} open */
function askNew(folder, open) {
  const sources = folder.reports.filter((one) => !one.problem)
    .map((one) => ({ id: one.id, label: (one.year || "") + "年　" + (one.agency || "") + "　" + one.file }))
    .concat(folder.others.map((one) => ({ id: one.id, label: one.file })));
  const from = /** @type {HTMLSelectElement} */ (h("select", {},
    sources.map((one) => h("option", { value: one.id }, one.label)), h("option", { value: "" }, "没有，从空的开始")));
  const text = /** @type {HTMLInputElement} */ (h("input", { type: "checkbox", checked: true }));
  const agency = /** @type {HTMLInputElement} */ (h("input", { type: "text", maxlength: "60" }));
  const year = /** @type {HTMLInputElement} */ (h("input", { type: "text", inputmode: "numeric", maxlength: "4" }));
  const carried = h("label", { class: "option" }, text, " 上一年的文字也带过来，里面的数空着等填");
  const empty = h("div", {}, labelled("机关名称", agency, "全称。"), labelled("报告的年份", year, "写四位数字。"));
  const choice = () => { empty.hidden = Boolean(from.value); };
  from.addEventListener("change", choice);
  const make = (/** @type {object|null} */ question, /** @type {File|null} */ file) => {
    dialog.close();
    create("new", question, file, open);
  };
  const dialog = openDialog("新的一年",
    h("p", {}, "从上一年的报告开始：数都空着等填，上年的数在旁边对照，上年结转的已经写好。公布过的网页、Word、PDF、Excel 也可以。"),
    labelled("上一年的报告", from), carried, empty,
    h("p", { class: "buttons" },
      button("新建", () => make(from.value ? { from_id: from.value, with_text: text.checked }
        : { agency: agency.value.trim(), year: Number(year.value.trim()) || 0 }, null), { class: "main" }),
      button("选别处的文件…", () => choose("", (file) => make({ with_text: text.checked }, file))),
      button("取消", () => dialog.close())));
  choice();
  from.focus();
}

/**
 * Makes an input file and opens it.
 *
 * @param {"new"|"take_in"} how  the year after a report, or the report itself read in
 * @param {object|null} question
 * @param {File|null} file
 * @param {(id: string) => Promise<any>} open
 */
async function create(how, question, file, open) {
  try {
    const given = file ? await content(file) : {};
    if (!given) return;
    say("正在新建…");
    const made = await insist(how, Object.assign({}, question, given));
    if (!made) {
      say("没有新建。");
      return;
    }
    const { id, said } = made;
    await open(id);
    say("新的输入文件已经建好。" + (how === "new" ? said.join("") : ""));
    if (how === "take_in" && said.length) tell("读进来了", lines(said, "plain lines"));
  } catch (error) {
    say("");
    if (error instanceof Refusal) tell("没有建成", h("p", { class: "lines" }, error.message));
    else complain(error);
  }
}

/** What a report may leave unsaid, by the server's code: it is asked. @type {Object<string, {key: string, title: string,
 *  help: string, longest: string, read: (typed: string) => any}>} */
const UNTOLD = {
  no_year: { key: "year", title: "报告的年份", help: "报告里的数是哪一年的，写四位数字。", longest: "4",
    read: (typed) => (/^\d{4}$/.test(typed) ? Number(typed) : 0) },
  no_agency: { key: "agency", title: "机关名称", help: "全称。", longest: "60", read: (typed) => typed },
};

/**
 * Asks the server, and the clerk for what the report leaves unsaid.
 *
 * @param {"new"|"take_in"} how
 * @param {object} question
 * @returns {Promise<any>} what was made; null where it was given up
 */
async function insist(how, question) {
  const told = /** @type {Object<string, any>} */ (Object.assign({}, question));
  for (;;) {
    try {
      return await ask(how, told);
    } catch (error) {
      const untold = error instanceof Refusal && UNTOLD[error.code];
      if (!untold) throw error;
      const typed = await askUntold(untold, /** @type {Refusal} */ (error).message);
      if (typed === null) return null;
      told[untold.key] = untold.read(typed);
    }
  }
}

/** Asks in a box; null where it was closed. @param {{title: string, help: string, longest: string}} untold
 * @param {string} why @returns {Promise<string|null>} */
function askUntold(untold, why) {
  return new Promise((done) => {
    const field = /** @type {HTMLInputElement} */ (h("input", { type: "text", maxlength: untold.longest, required: true }));
    const { box, close } = openDialog(untold.title, h("form", { submit: send },
      h("p", { role: "alert" }, why), labelled(untold.title, field, untold.help),
      h("p", { class: "buttons" }, h("button", { type: "submit", class: "main" }, "继续"), button("取消", () => close()))));
    box.addEventListener("close", () => done(null));
    field.focus();

    /** @param {Event} event */
    function send(event) {
      event.preventDefault();
      done(field.value.normalize("NFKC").trim());
      close();
    }
  });
}

/** A published file that lies in the folder. @param {{id: string, file: string}} other
 * @param {(id: string) => Promise<any>} open */
function drawOther(other, open) {
  return h("li", {}, h("span", {}, other.file), h("span", { class: "buttons" },
    button("新建下一年", () => create("new", { from_id: other.id, with_text: true }, null, open)),
    button("读成输入文件", () => create("take_in", { from_id: other.id }, null, open))));
}

async function collate() {
  try {
    made("汇总好了", await ask("collate", {}));
  } catch (error) {
    complain(error);
  }
}
