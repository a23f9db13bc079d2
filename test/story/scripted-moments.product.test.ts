import { type Browser, chromium, type Page } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { IncidentJson } from "#domain/api/alerts.ts";
import { type Answers, expectAnswersOf, readIncidentCard, readIncidentPage } from "../../e2e/seven-questions.ts";
import { untilLive } from "../../e2e/until-live.ts";
import { chromiumOptions } from "../../scripts/chromium-options.ts";
import { findChromium } from "../../scripts/find-chromium.ts";
import { expectTruth } from "./expect-truth.ts";
import { liveToMoments, type MomentInSight, scriptedMoments } from "./scripted-moments.ts";

const screens = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
type Screen = keyof typeof screens;

interface Reading extends Omit<MomentInSight, "url" | "token"> {
  said: { screen: Screen; incident: IncidentJson; answers: Answers }[];
}

const readings = new Map<string, Reading>();

describe.skipIf(findChromium() === null)("the scripted day as it is read", { meta: { needs: "chromium" } }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch(chromiumOptions());
    await liveToMoments(async (moment) => {
      const said = await Promise.all(Object.keys(screens).map((screen) => readAll(browser, screen as Screen, moment)));
      readings.set(moment.name, { ...moment, said: said.flat() });
    });
  }, 600_000);
  afterAll(() => browser.close());

  test.each(scriptedMoments)("$name: the record is what happened", ({ name }) => {
    const { contradictions, record } = readingOf(name);
    expect(contradictions).toEqual([]);
    expect(record.incidents.map(({ situation }) => situation.phase)).toEqual(phases[name]);
  });

  test.each(scriptedMoments)("$name: every page answers the seven questions as the record does", ({ name }) => {
    const { said, record } = readingOf(name);
    const open = record.incidents.filter(({ state }) => state !== "resolved");
    expect(said).toHaveLength(2 * (record.incidents.length + open.length));
    for (const { incident, answers } of said) expectAnswersOf(incident, answers);
  });

  test.each(scriptedMoments)("$name: every answer is what happened", ({ name }) => {
    const { said, record, truth } = readingOf(name);
    for (const { incident, answers } of said) {
      const real = truth.world.incidents.find(({ dc }) => incident.causeKey.includes(dc));
      if (!real) throw new Error(`Nothing happened behind ${incident.causeKey}.`);
      expectTruth(answers, real, { truth, atMs: record.atMs });
    }
  });
});

/** Of the incident that was opened last, then of the first. */
const phases: Record<(typeof scriptedMoments)[number]["name"], string[]> = {
  starting: ["starting"],
  ongoing: ["ongoing", "ongoing"],
  recovering: ["recovering", "recovering"],
  over: ["over", "over"],
  "next-morning": ["over", "over"],
};

function readingOf(name: string): Reading {
  const reading = readings.get(name);
  if (!reading) throw new Error(`The day was not read at ${name}.`);
  return reading;
}

async function readAll(browser: Browser, screen: Screen, moment: MomentInSight): Promise<Reading["said"]> {
  const context = await browser.newContext({ baseURL: moment.url, viewport: screens[screen], reducedMotion: "reduce" });
  const page = await context.newPage();
  // Visitors do not see whom to call.
  await page.goto("/sign-in?next=/alerts");
  await untilLive(page);
  await page.getByLabel("Token").fill(moment.token);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("/alerts");
  const said: Reading["said"] = [];
  for (const incident of moment.record.incidents) {
    if (incident.state !== "resolved") {
      await page.goto("/");
      const cards = page.getByRole("list", { name: "Open incidents" }).getByRole("listitem");
      const card = cards.filter({ has: page.getByRole("link", { name: incident.title }) });
      said.push({ screen, incident, answers: await readIncidentCard(card) });
    }
    await openIncident(page, incident, moment.name);
    said.push({ screen, incident, answers: await readIncidentPage(page) });
  }
  await context.close();
  return said;
}

/** By its link in a message; the next morning from the list of past incidents. */
async function openIncident(page: Page, { id, title }: IncidentJson, moment: string): Promise<void> {
  const path = `/alerts/incidents/${id}`;
  if (moment !== "next-morning") await page.goto(path);
  else {
    await page.goto("/alerts");
    await page.getByRole("region", { name: "Resolved" }).getByRole("link", { name: title }).click();
    await page.waitForURL(path);
  }
  await page.getByRole("region", { name: "Timeline" }).waitFor();
}
