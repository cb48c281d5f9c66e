/** Files that come into the page: chosen or dropped. The server is given names and bytes, never a path. */

import { byId, h, say } from "./dom.js";

/** The largest file taken, in bytes; the server has its own limit. */
const LARGEST = 40 * 1024 * 1024;

/**
 * What the server is given of a file.
 *
 * @param {File} file
 * @returns {Promise<{name: string, content: string}|null>} null where it is too large or cannot be read, which is said
 */
export function content(file) {
  if (file.size > LARGEST) {
    say("“" + file.name + "”太大了，不会是年度报告。", "problem");
    return Promise.resolve(null);
  }
  return new Promise((done) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      const url = String(reader.result);
      done({ name: file.name, content: url.slice(url.indexOf(",") + 1) });
    });
    reader.addEventListener("error", () => {
      say("“" + file.name + "”读不出来：可能正在别的程序里打开，或者已经移走。请关掉那个程序再试。", "problem");
      done(null);
    });
    reader.readAsDataURL(file);
  });
}

/** Lets the clerk choose a file. @param {string} accept  such as ".docx" @param {(file: File) => void} then */
export function choose(accept, then) {
  const field = /** @type {HTMLInputElement} */ (h("input", { type: "file", accept, class: "unseen", tabindex: "-1", "aria-hidden": "true", id: "chosen-file" }));
  const old = document.getElementById("chosen-file");
  if (old) old.remove();
  field.addEventListener("change", () => {
    if (field.files && field.files[0]) then(field.files[0]);
    field.remove();
  });
  document.body.append(field);
  field.click();
}

/** @typedef {{label: string, take: (file: File) => void}} Target */

/** @type {() => Target[]} Where a dropped file may go just now. */
let targets = () => [];

/** Says what may become of a file that is dropped. @param {() => Target[]} now */
export function dropsGo(now) {
  targets = now;
}

/** Hears files that are dragged over the page. */
export function watchDrops() {
  const zone = byId("drop");
  let left = 0;
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer || Array.from(event.dataTransfer.types).indexOf("Files") < 0 || !targets().length) return;
    event.preventDefault();
    clearTimeout(left);
    left = window.setTimeout(() => { zone.hidden = true; }, 400);
    if (!zone.hidden) return;
    while (zone.firstChild) zone.firstChild.remove();
    for (const target of targets()) {
      const place = h("div", { class: "drop-place" }, target.label);
      place.addEventListener("drop", (dropped) => {
        const file = dropped.dataTransfer && dropped.dataTransfer.files[0];
        if (file) target.take(file);
      });
      zone.append(place);
    }
    zone.hidden = false;
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.hidden = true;
  });
}
