import { expect, type Locator, type Page, test } from "@playwright/test";
import { choose } from "./choose.ts";
import { expectNoViolations } from "./expect-no-violations.ts";
import { signIn } from "./sign-in.ts";

const api = (page: Page, method: string, path: string, data?: object) =>
  page.request.fetch(`/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${process.env.E2E_TOKEN}` },
    ...(data && { data }),
  });

test("a rule is made in the form, backtested before it is saved, and changed as a file", async ({ page }) => {
  await signIn(page, "/alerts/new-rule");
  await page.getByLabel("Name", { exact: true }).fill("e2e-closing");
  await page.getByLabel("is above", { exact: true }).fill("1");
  await expect(
    page.getByText("As edited: Fires when an ended hour is not closed after 1 % of its deadline"),
  ).toBeVisible();
  await expect(page.getByRole("region", { name: /would have done/ })).toContainText(/It would (not )?have fired/);
  // The API's own rules, beside the field.
  await page.getByLabel("for at least", { exact: true }).fill("soon");
  await expect(page.getByLabel("for at least", { exact: true })).toHaveAccessibleDescription(/duration like 90s/);
  await page.getByLabel("for at least", { exact: true }).fill("2");
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "e2e-closing" })).toBeVisible();
  await expectNoViolations(page);

  await page.getByRole("button", { name: "Edit as file" }).click();
  const file = page.getByLabel("Document", { exact: true });
  await expect(file).toHaveValue(/threshold: 1%/);
  await file.fill((await file.inputValue()).replace("threshold: 1%", "threshold: 120% # after it"));
  await page.getByRole("button", { name: "Edit in the form" }).click();
  await expect(page.getByText("Comments are kept in your own files only")).toBeVisible();
  await page.getByRole("button", { name: "Continue without comments" }).click();
  await expect(page.getByLabel("is above", { exact: true })).toHaveValue("120");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.getByRole("button", { name: "Delete rule" }).click();
  await page.getByRole("button", { name: "Delete e2e-closing" }).click();
  await expect(page).toHaveURL(/\/alerts\/rules$/);
});

test("a rule's consumers and labels are in its form and in its file", async ({ page }) => {
  const spec = { metric: "closing_delay", threshold: "3h", severity: "info", labels: { team: "payments" } };
  await api(page, "PUT", "/rules/e2e-labelled", spec);
  await signIn(page, "/alerts/rules/e2e-labelled");
  const main = page.getByRole("main");
  const consumers = main.getByRole("combobox", { name: "that consumers read" });
  await consumers.fill("royalties-daily");
  await consumers.press("Enter");
  const labels = main.getByRole("combobox", { name: "Labels of its alerts" });
  await labels.fill("tier-two");
  await labels.press("Enter");
  await expect(page.getByText("“tier-two” is not a label with a value")).toBeVisible();
  await labels.fill("area=music");
  await labels.press("Enter");
  await page.getByRole("button", { name: "Edit as file" }).click();
  const file = page.getByLabel("Document", { exact: true });
  await expect(file).toHaveValue(/labels:\n\s+team: payments\n\s+area: music/);
  await expect(file).toHaveValue(/consumer:\n\s+- royalties-daily/);
  await page.getByRole("button", { name: "Edit in the form" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  expect((await (await api(page, "GET", "/rules/e2e-labelled")).json()).spec).toEqual({
    ...spec,
    labels: { team: "payments", area: "music" },
    scope: { consumer: ["royalties-daily"] },
  });
  await api(page, "DELETE", "/rules/e2e-labelled");
});

test("Back asks before unsaved changes are lost, and leaves when that is wanted", async ({ page }) => {
  await signIn(page, "/alerts/rules");
  await page.getByRole("link", { name: "deadline-near" }).click();
  const summary = page.getByLabel("Summary", { exact: true });
  await summary.click();
  await page.keyboard.type("Not saved yet");
  await expect(page.getByText("Unsaved changes")).toBeVisible();
  const asked: string[] = [];
  let isLeft = false;
  page.on("dialog", (dialog) => {
    asked.push(dialog.message());
    void (isLeft ? dialog.accept() : dialog.dismiss());
  });
  // Not page.goBack(), which would wait for a page that does not come.
  const goBack = () => page.evaluate(() => window.history.back());
  await goBack();
  await expect.poll(() => asked).toEqual(["Leave without saving your changes?"]);
  await expect(page).toHaveURL(/\/alerts\/rules\/deadline-near$/);
  await expect(summary).toHaveValue(/Not saved yet/);

  // A browser lets a page ask once for each time that a person did something on it.
  await summary.press("End");
  isLeft = true;
  await goBack();
  await expect(page).toHaveURL(/\/alerts\/rules$/);
  await expect(page.getByRole("heading", { level: 1, name: "Rules" })).toBeVisible();
  expect(asked).toHaveLength(2);
});

test("someone else saved meanwhile: the form says so, and nothing is lost", async ({ page }) => {
  const spec = { metric: "closing_delay", threshold: "3h", severity: "info" };
  await api(page, "PUT", "/rules/e2e-shared", spec);
  await signIn(page, "/alerts/rules/e2e-shared");
  await page.getByLabel("is above", { exact: true }).fill("4");
  await api(page, "PUT", "/rules/e2e-shared", { ...spec, threshold: "5h" });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Someone else saved a change while you were editing.")).toBeVisible();
  await page.getByRole("button", { name: "Discard mine and load theirs" }).click();
  await expect(page.getByLabel("is above", { exact: true })).toHaveValue("5");
  await api(page, "DELETE", "/rules/e2e-shared");
});

test("a route is added, moved by keys and by dragging, and tested before the tree is saved", async ({ page }) => {
  await signIn(page, "/alerts/channels");
  const tree = page.getByRole("list", { name: "Routing tree" });
  const before = (await (await api(page, "GET", "/routing-tree")).json()).spec;
  await tree.getByRole("button", { name: /^All alerts/ }).click();
  await page.getByRole("button", { name: "Add a route below" }).click();
  await tree.getByRole("combobox", { name: "Label 1" }).fill("owner");
  await tree.getByRole("textbox", { name: "Value 1" }).fill("payments");
  const added = tree.getByRole("button", { name: /owner="payments"/ });
  await added.focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(added).toBeFocused();
  await expect(tree.getByRole("button", { expanded: true })).toContainText("payments");
  const lines = tree.locator("button[data-path]");
  await expect(lines.nth(1)).toContainText("payments");
  const grip = added.locator("xpath=preceding-sibling::span");
  const dragTo = async (line: Locator, until: () => Promise<void>) => {
    await grip.hover();
    const { x = 0 } = (await grip.boundingBox()) ?? {};
    const { y = 0, height = 0 } = (await line.boundingBox()) ?? {};
    await page.mouse.down();
    // Each move is drawn before the next.
    await expect(async () => {
      for (const part of [0.5, 0.9]) await page.mouse.move(x + 12, y + part * height);
      await until();
    }).toPass();
    await page.mouse.up();
  };
  await dragTo(lines.last(), () => expect(lines.last()).toContainText("payments", { timeout: 1_000 }));
  await expect(added).toBeFocused();
  await dragTo(lines.first(), () => expect(lines.nth(1)).toContainText("payments", { timeout: 1_000 }));

  const labels = page.getByRole("combobox", { name: "Labels" });
  await labels.fill("owner=payments");
  await labels.press("Enter");
  await expect(page.getByRole("status", { name: "Path" })).toContainText('{}/{owner="payments"}');
  await expectNoViolations(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  const { spec } = await (await api(page, "GET", "/routing-tree")).json();
  expect(spec.route.routes[0].matchers).toEqual(['owner="payments"']);
  await api(page, "PUT", "/routing-tree", before);
});

test("every Sunday 02:00 to 04:00 in Stockholm is silenced, then Mondays in another datacenter too", {
  tag: "@phone",
}, async ({ page }) => {
  await signIn(page, "/alerts/silences");
  const reason = `Switches are updated ${Date.now()}`;
  await page.getByRole("combobox", { name: "Label 1" }).fill("datacenter");
  await page.getByRole("textbox", { name: "Value 1" }).fill("ams");
  await choose(page, "Repeats", "Every week");
  await expect(page.getByRole("checkbox", { name: "sunday" })).toBeChecked();
  await page.getByRole("combobox", { name: "Time zone" }).fill("Europe/Stockholm");
  await page.keyboard.press("Escape");
  await choose(page, "Repeats for", "3 months");
  await page.getByLabel("Reason").fill(reason);
  await expect(page.getByRole("status", { name: "Preview" })).toContainText(/Silences .*; .*; /);
  await page.getByRole("button", { name: "Silence", exact: true }).click();
  const row = page.getByRole("region", { name: "Active" }).getByRole("listitem").filter({ hasText: reason });
  await expect(row).toContainText("Every Sunday 02:00–04:00 Europe/Stockholm");
  await expectNoViolations(page);
  await row.getByRole("button", { name: "Edit…" }).click();
  const form = page.getByRole("form", { name: "Edit silence" });
  const end = form.getByRole("textbox", { name: /^Until/ });
  const later = (await end.inputValue()).replace(/^\d{4}/, (year) => String(Number(year) + 1));
  await end.fill(later);
  await end.press("Escape");
  await form.getByRole("checkbox", { name: "monday" }).check();
  await form.getByRole("textbox", { name: "Value 1" }).fill("lon");
  await form.getByLabel("Reason").fill(`${reason}, and in lon`);
  await expect(form.getByRole("button", { name: "Save" })).toBeEnabled();
  await expectNoViolations(page);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Silence saved." })).toBeVisible();
  await expect(row).toContainText("edited by admin");
  await expect(row).toContainText('datacenter="lon"');
  await expect(row).toContainText("Every Sunday and Monday 02:00–04:00 Europe/Stockholm");
  await expect(row).toContainText(later.slice(0, 4));
  await row.getByRole("button", { name: "Expire" }).click();
  await row.getByRole("button", { name: "Expire now" }).click();
  await expect(page.getByRole("region", { name: "Ended" })).toContainText(reason);
});

test("a rule says what it evaluates, and one that matches nothing says why", async ({ page }) => {
  const spec = { metric: "lost", threshold: "0.1%", severity: "info" };
  await api(page, "PUT", "/rules/e2e-matches-nothing", { ...spec, scope: { owner: "e2e-no-one" } });
  await signIn(page, "/alerts/rules/e2e-matches-nothing");
  await expect(page.getByText("Evaluates nothing now: no type matches owner:e2e-no-one.")).toBeVisible();
  await page.goto("/alerts/rules/telemetry-blind");
  await expect(page.getByText(/^Evaluates Tidemark's own ingest; /)).toBeVisible();
  await expectNoViolations(page);
  await api(page, "DELETE", "/rules/e2e-matches-nothing");
});

test("an Opsgenie and a Teams channel are set up in the form", async ({ page }) => {
  await signIn(page, "/alerts/new-channel");
  // A choice waits for the form to be live.
  await choose(page, "Type", "Opsgenie");
  await page.getByLabel("Name", { exact: true }).fill("e2e-genie");
  await choose(page, "Region", "European Union");
  const responders = page.getByRole("combobox", { name: "Responders (optional)" });
  await responders.fill("robot:x");
  await responders.press("Enter");
  await expect(page.getByText("“robot:x” is not a responder.")).toBeVisible();
  await responders.fill("team:data-delivery");
  await responders.press("Enter");
  await expectNoViolations(page);
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "e2e-genie" })).toBeVisible();
  const stored = await (await api(page, "GET", "/channels/e2e-genie")).json();
  expect(stored.spec).toEqual({
    type: "opsgenie",
    apiKey: { env: "TIDEMARK_SECRET_OPSGENIE_API_KEY" },
    url: "https://api.eu.opsgenie.com",
    responders: [{ type: "team", name: "data-delivery" }],
  });
  await page.goto("/alerts/new-channel");
  await choose(page, "Type", "Microsoft Teams");
  await page.getByLabel("Name", { exact: true }).fill("e2e-teams");
  await expectNoViolations(page);
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "e2e-teams" })).toBeVisible();
  for (const name of ["e2e-genie", "e2e-teams"]) await api(page, "DELETE", `/channels/${name}`);
});
