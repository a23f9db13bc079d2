import { type Browser, chromium, type Locator, type Page } from "@playwright/test";
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
  drawn: { screen: Screen; incident: IncidentJson; recovery: DrawnRecovery }[];
}

/** An expected recovery as three pages draw it: its instants, and how wide its bands are in pixels. */
interface DrawnRecovery {
  board: { atMs: number[]; width: number };
  incident: { atMs: number[]; width: number };
  datacenter: { atMs: number[]; width: number };
}

const readings = new Map<string, Reading>();

describe.skipIf(findChromium() === null)("the scripted day as it is read", { meta: { needs: "chromium" } }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch(chromiumOptions());
    await liveToMoments(async (moment) => {
      const said = await Promise.all(Object.keys(screens).map((screen) => readAll(browser, screen as Screen, moment)));
      readings.set(moment.name, {
        ...moment,
        said: said.flatMap((each) => each.said),
        drawn: said.flatMap((each) => each.drawn),
      });
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

  test("recovering: the board, the incident's page and the datacenter's page draw the expected end of the record", () => {
    const { drawn, record } = readingOf("recovering");
    expect(drawn).toHaveLength(2 * record.incidents.length);
    for (const { incident, recovery: found } of drawn) {
      const { recovery } = incident.situation;
      if (!recovery) throw new Error("Nothing is expected.");
      const [p50, p90] = [Date.parse(recovery.p50At), Date.parse(recovery.p90At)];
      expect(found.board.atMs).toEqual([p50]);
      expect(found.incident.atMs).toEqual([p50, p90]);
      expect(found.datacenter.atMs).toEqual([p50, p90]);
      for (const { width } of Object.values(found)) expect(width).toBeGreaterThan(0);
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

async function readAll(browser: Browser, screen: Screen, moment: MomentInSight): Promise<Seen> {
  const context = await browser.newContext({ baseURL: moment.url, viewport: screens[screen], reducedMotion: "reduce" });
  const page = await context.newPage();
  // Visitors do not see who to call.
  await page.goto("/sign-in?next=/alerts");
  await untilLive(page);
  await page.getByLabel("Token").fill(moment.token);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("/alerts");
  const said: Reading["said"] = [];
  const drawn: Reading["drawn"] = [];
  for (const incident of moment.record.incidents) {
    if (incident.state !== "resolved") {
      await page.goto("/");
      const cards = page.getByRole("list", { name: "Open incidents" }).getByRole("listitem");
      const card = cards.filter({ has: page.getByRole("link", { name: incident.title }) });
      said.push({ screen, incident, answers: await readIncidentCard(card) });
    }
    await openIncident(page, incident, moment.name);
    said.push({ screen, incident, answers: await readIncidentPage(page) });
    if (incident.situation.recovery !== null)
      drawn.push({ screen, incident, recovery: await readRecovery(page, incident) });
  }
  await context.close();
  return { said, drawn };
}

type Seen = Pick<Reading, "said" | "drawn">;

/** From the incident's page on. */
async function readRecovery(page: Page, { title, situation }: IncidentJson): Promise<DrawnRecovery> {
  const charted = async (name: string) => {
    const chart = page.getByRole("region", { name, exact: true });
    const legend = chart
      .getByRole("list", { name: "Legend" })
      .getByRole("listitem")
      .filter({ hasText: "all closed by" });
    return drawnIn(legend, chart.locator(".recharts-reference-area-rect"));
  };
  const incident = await charted("Over time");
  await page.goto(`/datacenters/${situation.extent.datacenters[0]}`);
  const datacenter = await charted("Lag");
  await page.goto("/");
  const cards = page.getByRole("list", { name: "Open incidents" }).getByRole("listitem");
  const figure = cards.filter({ has: page.getByRole("link", { name: title }) }).locator("figure");
  return { incident, datacenter, board: await drawnIn(figure, figure.locator("rect")) };
}

async function drawnIn(words: Locator, band: Locator): Promise<{ atMs: number[]; width: number }> {
  const box = await band.boundingBox();
  const times = await words.locator("time").all();
  const instants = await Promise.all(times.map((time) => time.getAttribute("datetime")));
  return { atMs: instants.map((at) => Date.parse(at ?? "")), width: box?.width ?? 0 };
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
