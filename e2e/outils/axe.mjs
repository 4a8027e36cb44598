// Accessibility of the screen as it is now: axe-core with the rules of WCAG 2.2 A and AA, of the RGAA and its good practices.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const NORMES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4", "best-practice"];
/** Rows of the table beyond the first ones: drawn alike, and too many for axe to be quick. */
const SEMBLABLES = [".grille__fenetre > :nth-child(n+9)"];

/** The violations, one line each with the faulty elements; empty when there is none. */
export async function violations(page) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  const { violations } = await page.evaluate(
    ([normes, semblables]) => {
      // With forced colours the system draws with its own, which the styles that axe reads do not say.
      const rules = matchMedia("(forced-colors: active)").matches ? { "color-contrast": { enabled: false } } : {};
      const options = { runOnly: { type: "tag", values: normes }, rules, resultTypes: ["violations"], preload: false };
      return window.axe.run({ exclude: semblables }, options);
    },
    [NORMES, SEMBLABLES],
  );
  return violations.map(({ id, help, nodes }) => {
    const elements = nodes.slice(0, 5).map(({ target, html, any, all }) =>
      `    ${target.join(" ")}  ${html.slice(0, 160)}\n      ${[...any, ...all].map(({ message }) => message).join(" ; ")}`);
    return `${id} : ${help}\n${elements.join("\n")}`;
  });
}
