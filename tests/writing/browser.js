// What a person sees in a browser: node browser.js MODULES BROWSER COMMAND FILE WIDTH...
// paste: the file opened in windows of the widths, all of it selected and copied, and pasted into an editing box of
//   760 px. Prints for each window the widths of the tables and of their frames, and the box's HTML.
// scroll: the page in windows of the widths, its wide tables scrolled to their right ends. Prints for each the cells
//   that name rows, and the lines on which the title and the telephone numbers stand.
const path = require("path");

const [modules, executablePath, command, file, ...widths] = process.argv.slice(2);
const { chromium } = require(path.join(modules, "playwright-core"));
const args = require("../chromium.json");

async function paste(context, source) {
  await source.keyboard.press("Control+A");
  await source.keyboard.press("Control+C");
  const editor = await context.newPage();
  await editor.setContent('<div id="box" contenteditable style="width:760px"></div>');
  await editor.focus("#box");
  await editor.keyboard.press("Control+V");
  await editor.waitForSelector("#box table");
  return editor.evaluate(() => {
    const box = document.querySelector("#box");
    const tables = [...box.querySelectorAll("table")].map((table) => ({
      width: table.getBoundingClientRect().width,
      hidden: table.parentElement.scrollWidth - table.parentElement.clientWidth,
    }));
    return { tables, html: box.innerHTML };
  });
}

function lines(element) {
  const range = document.createRange();
  const found = [];
  let top = null;
  for (const text of (function* texts(node) {
    if (node.nodeType === Node.TEXT_NODE) yield node;
    for (const child of node.childNodes) yield* texts(child);
  })(element))
    for (let i = 0; i < text.length; i++) {
      range.setStart(text, i);
      range.setEnd(text, i + 1);
      const place = range.getBoundingClientRect().top;
      if (top === null || Math.abs(place - top) > 4) found.push("");
      top = place;
      found[found.length - 1] += text.data[i];
    }
  return found;
}

async function scroll(context, page) {
  await page.addScriptTag({ content: lines.toString() });
  return page.evaluate(() => {
    const labels = [];
    for (const frame of document.querySelectorAll(".wide .frame")) {
      frame.scrollLeft = 10000;
      const edge = frame.getBoundingClientRect();
      for (const cell of frame.querySelectorAll("th[scope=row], td.remark")) {
        const place = cell.getBoundingClientRect();
        labels.push({
          text: cell.textContent,
          visible: place.left >= edge.left - 1 && place.right <= edge.right,
          overflows: cell.scrollWidth > cell.clientWidth + 1,
          right: place.right - edge.left,
        });
      }
    }
    const figures = [...document.querySelectorAll(".wide td[headers]")];
    return {
      labels,
      overflowing: figures.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).length,
      title: lines(document.querySelector("h1")),
      phones: [...document.querySelectorAll(".phone")].map(lines),
    };
  });
}

(async () => {
  const browser = await chromium.launch({ executablePath, args });
  const all = [];
  for (const width of widths) {
    const permissions = ["clipboard-read", "clipboard-write"];
    const context = await browser.newContext({ viewport: { width: Number(width), height: 844 }, permissions });
    const page = await context.newPage();
    await page.goto("file://" + path.resolve(file));
    all.push(await { paste, scroll }[command](context, page));
    await context.close();
  }
  await browser.close();
  console.log(JSON.stringify(all));
})();
