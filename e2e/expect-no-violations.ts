import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

type Results = Awaited<ReturnType<AxeBuilder["analyze"]>>;
type Violations = Results["violations"];

/** Those of axe's rules whose answer depends on colours. */
const colourRules = ["color-contrast", "link-in-text-block"];

/** All of axe's rules on the current page; findings include the markup and the fix. */
export async function expectNoViolations(page: Page): Promise<void> {
  const axe = new AxeBuilder({ page })
    // There are no frames here that axe would need a page of its own for.
    .setLegacyMode()
    .options({ resultTypes: ["violations"] });
  expectNone((await axe.analyze()).violations);
}

/** For a page whose markup was checked just before, in its other colours: the other rules would read the same again. */
export async function expectNoColourViolations(page: Page): Promise<void> {
  const violations = await page.evaluate(async (runOnly) => {
    // The check before left axe in the page.
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<Results> } };
    return (await axe.run({ runOnly, resultTypes: ["violations"] })).violations;
  }, colourRules);
  expectNone(violations);
}

function expectNone(violations: Violations): void {
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    nodes: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`),
  }));
  expect(found).toEqual([]);
}
