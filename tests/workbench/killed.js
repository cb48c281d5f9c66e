// A browser that is killed while somebody types: node killed.js MODULES BROWSER ADDRESS CELL AFTER...
// For each AFTER, in ms: opens the address, types figures into the field of CELL, and kills the browser with -9.
// Prints one JSON line for each: {typed: [figures in their order], saved: the last that the page said to be saved}.
const path = require("path");

const [modules, executablePath, address, cell, ...moments] = process.argv.slice(2);
const { chromium } = require(path.join(modules, "playwright-core"));
const args = require("../chromium.json");

async function once(after) {
  const server = await chromium.launchServer({ executablePath, args });
  const browser = await chromium.connect(server.wsEndpoint());
  const page = await browser.newPage();
  await page.goto(address);
  const field = page.locator(`input[data-cell="${cell}"]`);
  await field.click();
  const typed = [await field.inputValue()];
  let saved = typed[0];
  setTimeout(() => server.process().kill("SIGKILL"), after);
  try {
    for (;;) {
      await page.keyboard.press("Control+A");
      for (const digit of String(1000 + Math.floor(Math.random() * 9000))) {
        typed.push(null); // on its way when the browser is killed
        await page.keyboard.press(digit);
        const shown = await page.evaluate((cell) => {
          const value = document.querySelector(`input[data-cell="${cell}"]`).value;
          return [value, document.getElementById("saved").className === "saved"];
        }, cell);
        typed[typed.length - 1] = shown[0];
        if (shown[1]) saved = shown[0];
      }
      await page.waitForTimeout(100);
      if (await page.evaluate(() => document.getElementById("saved").className === "saved")) saved = typed[typed.length - 1];
    }
  } catch (gone) {
    await server.close().catch(() => undefined);
  }
  return { typed, saved };
}

(async () => {
  for (const after of moments) console.log(JSON.stringify(await once(Number(after))));
})();
