import { expect, type Page } from "@playwright/test";

/** Opens a choice by its label and takes an option. */
export async function choose(page: Page, label: string, name: string): Promise<void> {
  const field = page.getByRole("combobox", { name: label, exact: true });
  const option = page.getByRole("option", { name, exact: true });
  // Before the page's scripts have come, a press opens nothing.
  await expect(async () => {
    if (!(await option.isVisible())) await field.click();
    await expect(option).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await option.click();
  await expect(option).toBeHidden();
}
