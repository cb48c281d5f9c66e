// Checks pages with axe-core in a browser: node axe.js MODULES BROWSER PAGE...
// Prints one JSON list: {page, width, scheme, rule, help, targets} for each violation.
const fs = require("fs");
const path = require("path");

const [modules, executablePath, ...pages] = process.argv.slice(2);
const { chromium } = require(path.join(modules, "playwright-core"));
const axe = fs.readFileSync(path.join(modules, "axe-core", "axe.min.js"), "utf8");
const args = require("../chromium.json");

async function violations(browser, page, width, colorScheme) {
  const tab = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  await tab.goto("file://" + path.resolve(page));
  await tab.evaluate(axe);
  const found = await tab.evaluate(() => window.axe.run(document));
  // A page that can be scrolled sideways as a whole is not readable on a phone; axe does not look for it.
  const sideways = await tab.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  await tab.close();
  const where = { page: path.basename(page), width, scheme: colorScheme };
  return found.violations
    .map(({ id, help, nodes }) => ({ ...where, rule: id, help, targets: nodes.map((n) => n.target.join(" ")) }))
    .concat(sideways ? [{ ...where, rule: "sideways", help: "the whole page scrolls sideways", targets: [] }] : []);
}

(async () => {
  const browser = await chromium.launch({ executablePath, args });
  const all = [];
  for (const page of pages)
    for (const width of [320, 768, 1280])
      for (const scheme of ["light", "dark"]) all.push(...(await violations(browser, page, width, scheme)));
  await browser.close();
  console.log(JSON.stringify(all, null, 1));
})();
