import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** All of axe's rules on the page as it stands; what they find is named with its markup and what to do. */
export async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    // No frames here that would need a page of their own to be asked from.
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
