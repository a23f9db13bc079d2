import { expect, test } from "@playwright/test";
import { expectNoViolations } from "./expect-no-violations.ts";
import { dashboard, signInAtProvider as signIn } from "./sign-in-at-provider.ts";
import { untilLive } from "./until-live.ts";

test("a viewer reads, and sees what to ask for instead of buttons", { tag: "@phone" }, async ({ page }) => {
  await page.goto(`${dashboard}/alerts`);
  await untilLive(page);
  await expectNoViolations(page);
  await signIn(page, "vera", "/alerts");
  await page.getByRole("list", { name: "Open incidents" }).getByRole("link", { name: /sjc/ }).click();
  await expect(page.getByText("Your role is viewer. Ask an administrator for the role responder")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Acknowledge/ })).toBeHidden();
  await expect(page.getByRole("button", { name: "Note" })).toBeHidden();

  await test.step("who she is here, and where she is signed in", async () => {
    await page.getByRole("link", { name: "Account" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Vera Viewer" })).toBeVisible();
    await expect(page.getByRole("region", { name: "Account" })).toContainText("viewer: reads");
    await expect(page.getByRole("region", { name: "Your sessions" })).toContainText("(this one)");
    await expect(page.getByRole("link", { name: "Manage people" })).toBeHidden();
    await expectNoViolations(page);
  });

  await test.step("the people are not hers to manage", async () => {
    await page.goto(`${dashboard}/people`);
    await expect(page.getByRole("heading", { name: "For administrators" })).toBeVisible();
    await expect(page.getByText("Your role is viewer.")).toBeVisible();
    await expectNoViolations(page);
  });
});

test("a responder acts under their own name", async ({ page }) => {
  await signIn(page, "rosa", "/alerts");
  await page.getByRole("list", { name: "Open incidents" }).getByRole("link", { name: /sjc/ }).click();
  await untilLive(page);
  await page.getByRole("button", { name: "Note" }).click();
  await page.getByRole("textbox", { name: "Note" }).fill("On my way to the machine room.");
  await page.getByRole("button", { name: "Add note" }).click();
  const entry = page
    .getByRole("region", { name: "Timeline" })
    .getByRole("listitem")
    .filter({ hasText: "machine room" });
  await expect(entry).toContainText("Rosa Responder");
  // What only an editor may.
  await page.goto(`${dashboard}/event-types/PodcastPing/settings`);
  await expect(page.getByText("Your role is responder. Ask an administrator for the role editor")).toBeVisible();
});

test("an editor changes what their team owns, and reads whose the rest is", async ({ page }) => {
  await signIn(page, "edda", "/event-types/PlaylistEdit/settings");
  const entry = page.getByLabel("EventType PlaylistEdit");
  await entry.fill(`${await entry.inputValue()}  labels: { steward: "edda" }\n`);
  await page.getByRole("button", { name: "Preview changes" }).click();
  await expect(page.getByText('labels: not set → {"steward":"edda"}')).toBeVisible();
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("Applied.")).toBeVisible();
  await page.goto(`${dashboard}/event-types/EndSong/settings`);
  await expect(page.getByText("Belongs to team payments. Its members and administrators can change it.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Preview changes" })).toBeHidden();

  await test.step("nor is there a form, or an undo, for another team's facts", async () => {
    const own = page.getByRole("listitem").filter({ hasText: "of nothing, PlaylistEdit" });
    const theirs = page.getByRole("listitem").filter({ hasText: "of nothing, EndSong" });
    const made = await Promise.all(["PlaylistEdit", "EndSong"].map(discardOfNothing));
    await page.goto(`${dashboard}/corrections`);
    await expect(own.getByRole("button", { name: "Undo" })).toBeVisible();
    await expect(theirs).toBeVisible();
    await expect(theirs.getByRole("button", { name: "Undo" })).toBeHidden();
    await page.goto(`${dashboard}/event-types/PlaylistEdit`);
    await expect(page.getByRole("link", { name: "Reset watermark…" })).toBeVisible();
    await page.goto(`${dashboard}/event-types/EndSong`);
    await expect(theirs).toBeVisible();
    await expect(page.getByRole("link", { name: "Reset watermark…" })).toBeHidden();
    await page.goto(`${dashboard}/corrections/new?action=discard-counts&eventType=EndSong`);
    await expect(page.getByText("Belongs to team payments.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Discard", exact: true })).toBeHidden();
    for (const id of made) await correct("DELETE", `/${id}`);
  });
});

/** A correction that changes no hour: nothing was counted so early. */
async function discardOfNothing(eventType: string): Promise<string> {
  const scope = { eventType, datacenter: "lon", stage: "delivered", reporter: "lon-1", from: "2026-11-19T01" };
  const body = { action: "discard-counts", ...scope, to: "2026-11-19T02", reason: `of nothing, ${eventType}` };
  return ((await (await correct("POST", "", body)).json()) as { id: string }).id;
}

async function correct(method: string, path: string, body?: object): Promise<Response> {
  const headers = { authorization: `Bearer ${process.env.E2E_TOKEN}`, "content-type": "application/json" };
  const sent = body ? { body: JSON.stringify(body) } : {};
  const answer = await fetch(`${dashboard}/api/v1/corrections${path}`, { method, headers, ...sent });
  expect(answer.ok, answer.ok ? "" : await answer.text()).toBe(true);
  return answer;
}

test(
  "an administrator invites a person by a link, who signs in with it once, and is signed out again",
  { tag: "@phone" },
  async ({ page, browser }, { project }) => {
    const guest = `Gerda Guest ${project.name}`;
    await signIn(page, "adam", "/account");
    await page.getByRole("link", { name: "Manage people" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "People" })).toBeVisible();
    const people = page.getByRole("table", { name: "People, by name" });
    await expect(people.getByRole("row", { name: /^Adam Admin/ })).toContainText("(you)");
    await untilLive(page);
    await page.getByRole("textbox", { name: "Name" }).fill(guest);
    await page.getByRole("button", { name: "Invite" }).click();
    const link = (await page.getByText(/\/sign-in\/link#[\w-]{43}$/).textContent()) ?? "";
    await expectNoViolations(page);

    const context = await browser.newContext();
    const theirs = await context.newPage();
    const asked: string[] = [];
    theirs.on("request", (request) => asked.push(request.url()));
    await theirs.goto(link);
    await expect(theirs.getByRole("button", { name: `Sign in as ${guest}` })).toBeVisible();
    await expectNoViolations(theirs);
    // A second look uses nothing up either.
    await theirs.goto("about:blank");
    await theirs.goto(link);
    await theirs.getByRole("button", { name: `Sign in as ${guest}` }).click();
    await expect(theirs).toHaveURL(`${dashboard}/`);
    expect(asked.join(" ")).not.toContain(new URL(link).hash.slice(1));
    await theirs.goto(link);
    await expect(theirs.getByRole("alert").filter({ hasText: "This link was already used." })).toBeVisible();

    await test.step("and the administrator ends their sessions", async () => {
      const row = people.getByRole("row", { name: new RegExp(`^${guest}`) });
      await page.reload();
      await untilLive(page);
      await row.getByRole("button", { name: "End sessions" }).click();
      await row.getByRole("button", { name: `End 1 session of ${guest}` }).click();
      await expect(page.getByText(`${guest} is signed out.`)).toBeVisible();
      await expect(async () => {
        await theirs.goto(`${dashboard}/status`);
        await expect(theirs.getByRole("heading", { name: "Sign in to Tidemark" })).toBeVisible({ timeout: 2_000 });
      }, "within seconds, also in another process").toPass();
    });
    await context.close();
  },
);

test("who is in none of the groups is refused, and reads which to ask for", async ({ page }) => {
  await page.goto(`${dashboard}/sign-in`);
  await page.getByRole("link", { name: "Sign in with Example ID" }).click();
  await page.getByRole("button", { name: "sam" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "none of your groups may use Tidemark" })).toContainText(
    "sre-leads (admin), data-eng (editor), on-call (responder) or staff (viewer)",
  );
  await expectNoViolations(page);
});

test("signing out ends the session at the provider too", async ({ page }) => {
  await signIn(page, "vera", "/status");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/session\/end\?/);
  await page.getByRole("button", { name: /yes/i }).click();
  await expect(page.getByRole("heading", { name: "Sign in to Tidemark" })).toBeVisible();
});
