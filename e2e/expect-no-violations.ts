import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** All of axe's rules on the current page; findings include the markup and the fix. */
export async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    // There are no frames here that axe would need a page of its own for.
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    nodes: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`),
  }));
  expect(found).toEqual([]);
}
