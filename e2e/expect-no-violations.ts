import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Those of axe's rules whose answer depends on colours. */
const colourRules = ["color-contrast", "link-in-text-block"];

/** All of axe's rules on the current page; findings include the markup and the fix. */
export async function expectNoViolations(page: Page): Promise<void> {
  await expectNone(axeOf(page));
}

/** For a page whose markup was checked already, in its other colours: the other rules would read the same again. */
export async function expectNoColourViolations(page: Page): Promise<void> {
  await expectNone(axeOf(page).withRules(colourRules));
}

function axeOf(page: Page): AxeBuilder {
  return (
    new AxeBuilder({ page })
      // There are no frames here that axe would need a page of its own for.
      .setLegacyMode()
      .options({ resultTypes: ["violations"] })
  );
}

async function expectNone(axe: AxeBuilder): Promise<void> {
  const { violations } = await axe.analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    nodes: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`),
  }));
  expect(found).toEqual([]);
}
