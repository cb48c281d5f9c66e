/** Talks with the server: questions, changes one after another, and the heartbeat. */

import { byId, say } from "./dom.js";
import { report, take } from "./state.js";

/** @typedef {import("./types.js").Report} Report */

const BEAT = 5000;
const AGAIN = 1500;

/** The server's no: what is wrong in the clerk's words. */
export class Refusal extends Error {
  /** @param {{error: string, code: string} & Object<string, any>} answer */
  constructor(answer) {
    super(answer.error || "没有办成，原因不明。");
    this.code = answer.code || "fault";
    this.answer = answer;
  }
}

/** No answer at all: the program has ended, or is not to be reached. */
class Silence extends Error {}

/**
 * Asks the server.
 *
 * @param {string} name  of the question, such as `report` for `/api/report`
 * @param {object} question
 * @returns {Promise<any>}
 * @throws {Refusal}
 */
export async function ask(name, question) {
  let response;
  try {
    response = await fetch("/api/" + name, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(question),
    });
  } catch {
    throw new Silence();
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(answer);
  return answer;
}

/** @type {{name: string, make: () => object|null, done: (answer: any) => void, failed: (error: any) => void}[]} */
const waiting = [];
let working = false;

/**
 * A change of the open report. Changes go one after another, each with the hash of the file as it was after the one
 * before; a change that finds no server waits and is sent again.
 *
 * @param {string} name
 * @param {object | (() => object|null)} change  or what makes it when its turn comes; null: there is none any more; a
 *   change that is not of the file as the page has it gives its own `hash`, undefined
 * @returns {Promise<any>} the answer, already taken; null where there was no change any more
 */
export function change(name, change) {
  return new Promise((done, failed) => {
    waiting.push({ name, make: typeof change === "function" ? /** @type {any} */ (change) : () => change, done, failed });
    mark();
    if (!working) work();
  });
}

async function work() {
  working = true;
  while (waiting.length) {
    const { name, make, done, failed } = waiting[0];
    const question = make();
    if (question === null) {
      waiting.shift();
      done(null);
      continue;
    }
    const id = report.id;
    try {
      const answer = await insist(name, Object.assign({ id, hash: report.hash }, question));
      waiting.shift();
      if (report.id === id) take(answer);
      done(answer);
    } catch (error) {
      waiting.shift();
      failed(error);
    }
    // Whoever made this change hears of it before the next one is made; in Chromium 69 that takes several turns.
    await new Promise((next) => setTimeout(next, 0));
  }
  working = false;
  mark();
}

/** Asks until there is an answer. @param {string} name @param {object} question */
async function insist(name, question) {
  for (;;) {
    try {
      const answer = await ask(name, question);
      alive(true);
      return answer;
    } catch (error) {
      if (!(error instanceof Silence)) throw error;
      alive(false);
      await new Promise((again) => setTimeout(again, AGAIN));
    }
  }
}

/** Whether everything typed is in the file. */
function allSaved() {
  return !waiting.length && !working && report.saved !== false;
}

/** Resolves when every change has been answered. */
export async function settled() {
  while (waiting.length || working) await new Promise((again) => setTimeout(again, 20));
}

/** @param {boolean} is  whether the program answers */
function alive(is) {
  byId("gone").hidden = is;
}

/** What stands in the page and was refused, so that no file has it, in words; "" where there is nothing. */
export function refused() {
  const all = Array.from(document.querySelectorAll("[data-unreadable]"));
  const fields = all.filter((one) => one instanceof HTMLInputElement).length;
  const texts = all.length - fields;
  const told = [fields && fields + " 格", texts && texts + " 处文字"].filter(Boolean);
  return told.length ? told.join("、") + "没有保存" : "";
}

/** Says whether everything typed is in the file, and why it is not. */
export function mark() {
  const saved = byId("saved");
  const all = waiting.length === 0;
  const left = refused();
  saved.textContent = report.trouble ? "没有保存：" + report.trouble : !all ? "正在保存…" : left || "已保存";
  saved.className = !all || report.trouble ? "saving" : left ? "refused" : "saved";
}

/** Says a refusal in the status line. @param {any} error */
export function complain(error) {
  if (error instanceof Silence) alive(false);
  else if (error instanceof Refusal) say(error.message, "problem");
  else {
    say("页面出了意外，请刷新后再试。", "problem");
    throw error;
  }
}

/**
 * Tells the server that the page is open, and takes what somebody else wrote into the file.
 *
 * @param {() => void} refreshed  called when the report was taken anew
 */
export function beat(refreshed) {
  setInterval(async () => {
    if (working) return;
    const { id, hash } = report;
    try {
      const answer = await ask("poll", { id: id || null, hash: hash || null });
      alive(true);
      const sameState = !id || (!answer.changed && answer.saved === report.saved);
      if (sameState || working || report.hash !== hash) return;
      const now = await ask("report", { id });
      if (working || report.hash !== hash) return;
      take(now);
      if (!answer.changed) return;
      refreshed();
      say("文件在别处改过，这里已经换成新的内容。");
    } catch (error) {
      if (error instanceof Silence) alive(false);
    }
  }, BEAT);
  window.addEventListener("beforeunload", (event) => {
    if (allSaved() && !document.querySelector("[data-unreadable]")) return;
    event.preventDefault();
    event.returnValue = "";
  });
}
