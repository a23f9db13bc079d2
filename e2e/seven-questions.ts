import { expect, type Locator, type Page } from "@playwright/test";
import type { IncidentJson } from "#domain/api/alerts.ts";

/** What a place says to each of the on-call's questions of one incident, as its reader sees it. */
export interface Answers {
  /** An incident's page says all of it; the board's card names the first of many, and no single hours. */
  place: "page" | "board";
  what: string;
  /** The onset's instant, of its `<time>`. */
  sinceAt: string;
  where: string;
  /** The likely cause, and on the page its stage. */
  why: string;
  deployed: string;
  consumers: string;
  /** `EndSong 2026-11-20T11`; on the board none. */
  hours: string[];
  /** Whether it gets better: the phase and what is expected. */
  trend: string;
}

/** Of an incident's page. */
export async function readIncidentPage(page: Page): Promise<Answers> {
  const lead = page.locator("article > header");
  const part = (name: string) => page.getByRole("region", { name, exact: true });
  const why = part("Likely cause");
  const cells = await part("Affected hours").getByRole("table").getByRole("link").all();
  const labels = await Promise.all(cells.map((cell) => cell.getAttribute("aria-label")));
  return {
    place: "page",
    what: await visibleText(lead),
    sinceAt: (await why.locator("time").first().getAttribute("datetime")) ?? "",
    where: (await why.getByRole("link").allInnerTexts()).join(", "),
    why: await visibleText(why),
    deployed: await visibleText(part("Deployed around the onset")),
    consumers: await visibleText(part("Affected consumers")),
    hours: labels.map((label) => label?.split(":")[0] ?? ""),
    trend: await visibleText(lead),
  };
}

/** Of an open incident's card on the board. */
export async function readIncidentCard(card: Locator): Promise<Answers> {
  const fact = (name: string) => card.getByText(name, { exact: true }).locator("xpath=..");
  const where = await visibleText(fact("Where"));
  const why = await visibleText(fact("Likely cause"));
  return {
    place: "board",
    what: await visibleText(card),
    sinceAt: (await fact("Since").locator("time").getAttribute("datetime")) ?? "",
    where,
    why: `${why}\n${where}`,
    deployed: await visibleText(fact("Deployed around then")),
    consumers: await visibleText(fact("Affected consumers")),
    hours: [],
    trend: `${await visibleText(card)}\n${await visibleText(fact("Trend"))}`,
  };
}

/** Each answer is the record's. */
export function expectAnswersOf({ situation, severity, hours }: IncidentJson, said: Answers): void {
  const { title, sentence, phase, onset, cause, extent, deployed, impact, recovery } = situation;
  for (const words of [title, sentence, phase, severity]) expect(said.what).toContain(words);
  expect(said.sinceAt).toBe(onset.at);
  for (const datacenter of extent.datacenters) expect(said.where).toContain(datacenter);
  for (const words of [cause.sentence, cause.stage ?? ""]) expect(said.why).toContain(words);
  const isWhole = said.place === "page";
  const named = deployed.slice(0, isWhole ? undefined : 1);
  if (named.length === 0) expect(said.deployed).toMatch(/nothing (was deployed )?there/i);
  for (const { component, version, datacenter } of named) {
    expect(said.deployed).toContain(`${component} ${version}`);
    expect(said.deployed).toContain(datacenter ?? "every");
  }
  if (impact.consumerCount === 0)
    expect(said.consumers).toMatch(/No registered consumer|No event type is affected|none known/);
  for (const { name, contact } of impact.consumers.slice(0, isWhole ? undefined : 1)) {
    expect(said.consumers).toContain(name);
    expect(said.consumers).toContain(isWhole ? contact : String(impact.consumerCount));
  }
  if (isWhole) expect(said.hours.toSorted()).toEqual(hours.map((each) => `${each.eventType} ${each.hour}`).toSorted());
  expect(said.trend).toContain(phase);
  if (isWhole) return;
  const trend = recovery ? "catching up" : phase === "recovering" ? "no alert fires" : "not recovering yet";
  expect(said.trend).toContain(trend);
}

/** As it is seen: without what is hidden. */
async function visibleText(part: Locator): Promise<string> {
  await part.first().waitFor();
  return (await part.allInnerTexts()).join("\n");
}
