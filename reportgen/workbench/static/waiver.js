/** A finding is said to be no problem: why, and who says so; and that is taken back. */

import { button, h, say } from "./dom.js";
import { labelled, openDialog } from "./dialog.js";
import { change, complain, Refusal } from "./server.js";

/** @typedef {import("./types.js").Finding} Finding */
/** @typedef {import("./types.js").Waived} Waived */

/** Who said so the last time. */
let name = "";

/** Asks for the reason and the name. @param {Finding} finding */
export function askWaiver(finding) {
  const reason = /** @type {HTMLTextAreaElement} */ (h("textarea", { rows: "3", required: true, maxlength: "500" }));
  const by = /** @type {HTMLInputElement} */ (h("input", { type: "text", required: true, maxlength: "40", value: name }));
  const problem = h("p", { class: "problem", role: "alert" });
  const form = h("form", { submit: send },
    h("p", {}, finding.text),
    labelled("为什么不是问题", reason, "写明情况，送审时领导看得到。"),
    labelled("谁核实的", by, "姓名。"),
    problem,
    h("p", { class: "buttons" }, h("button", { type: "submit", class: "main" }, "记下"), button("取消", () => dialog.close())));
  const dialog = openDialog("这条不是问题", form);
  reason.focus();

  /** @param {Event} event */
  async function send(event) {
    event.preventDefault();
    name = by.value.trim();
    try {
      await change("waive", { finding: finding.id, reason: reason.value.trim(), by: name });
      dialog.close();
      say("已经记下：" + finding.text);
    } catch (error) {
      problem.textContent = error instanceof Refusal ? error.message : "没有记下，请再试。";
    }
  }
}

/** What was said to be no problem is one again. @param {Waived} waived */
export async function takeBack(waived) {
  try {
    await change("unwaive", { rule: waived.rule, mark: waived.mark });
    say("收回了，这一条又列在问题里，可以撤销：" + waived.text);
  } catch (error) {
    complain(error);
  }
}
