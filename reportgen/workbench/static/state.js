/** The report as the page knows it: what the server said last, and who wants to hear what changed. */

/** @typedef {import("./types.js").Report} Report */

/** @type {Report} The open report; empty until one is opened. */
export const report = /** @type {any} */ ({});

/** @type {{keys: (keyof Report)[], redraw: () => void}[]} */
const watchers = [];

/** @type {Object<string, string>} What each key was, as JSON, so that only what changed is drawn again. */
let known = {};

/**
 * `redraw` is called when one of the keys has changed.
 *
 * @param {(keyof Report)[]} keys
 * @param {() => void} redraw
 */
export function watch(keys, redraw) {
  watchers.push({ keys, redraw });
}

/** What is said of a file that cannot be read, until it can be: what was drawn of it stays, for what is typed there. */
const UNREAD = { findings: [], waived: [], remarks: [], changed_most: [], opinions: [] };

/** Takes what the server answered: the whole report or what changed of it. @param {Partial<Report>} said */
export function take(said) {
  const answer = said.syntax ? Object.assign({}, UNREAD, said) : said;
  const changed = new Set();
  for (const key of /** @type {(keyof Report)[]} */ (Object.keys(answer))) {
    const now = JSON.stringify(answer[key]);
    if (known[key] === now) continue;
    known[key] = now;
    /** @type {any} */ (report)[key] = answer[key];
    changed.add(key);
  }
  for (const { keys, redraw } of watchers) if (keys.some((key) => changed.has(key))) redraw();
}

/** Another report begins: nothing of the one before is left. */
export function forget() {
  known = {};
  for (const key of Object.keys(report)) delete (/** @type {any} */ (report)[key]);
}
