import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import fc from "fast-check";
import { createElement, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { writeServiceLevels } from "#cli/service-levels/write-service-levels.ts";
import { SloReportView } from "#components/slo/slo-report-view.tsx";
import type { SloReport } from "#domain/api/slo-report.ts";
import { digestHtml, digestText, writeDigest } from "#domain/slo/digest.ts";
import { addMonths, measures, monthPeriod, noCounts, type SloCounts, statusWords } from "#domain/slo.ts";
import { toAttainmentCsv } from "#server/slo/attainment-csv.ts";
import { composeReport } from "#server/slo/compose-report.ts";
import { tierItems, toItems, toPeriod, toTotal } from "#server/slo/slo-item.ts";
import type { TypeFigures } from "#server/slo/type-figures.ts";

const october = monthPeriod(new Date("2026-10-01T00:00:00Z"));
const now = new Date("2026-11-20T00:00:00Z");
const tiers = { high: 0.995, normal: 0.97, low: null } as const;
const owners = ["payments", "playback"];

/** A month of one type: as a whole it may be on time, late, lossy, excused, unverified, or without any hour. */
const counts: fc.Arbitrary<SloCounts> = fc
  .record({
    excused: fc.constantFrom(0, 0, 24, 744),
    late: fc.oneof(fc.nat(8), fc.nat(200)),
    incomplete: fc.oneof(fc.nat(8), fc.nat(100)),
    unverified: fc.constantFrom(0, 0, 40),
    skewed: fc.nat(300),
    isEmpty: fc.constantFrom(false, false, false, true),
  })
  .map(({ excused, late, incomplete, unverified, skewed, isEmpty }) => {
    const due = isEmpty ? 0 : 744 - excused;
    const proven = Math.max(0, due - unverified);
    return {
      ...noCounts(),
      excusedHours: isEmpty ? 0 : excused,
      dueHours: due,
      metHours: Math.max(0, due - late),
      dueEvents: due * 100,
      metEvents: Math.max(0, due - late) * 100,
      provenHours: proven,
      completeHours: Math.max(0, proven - incomplete),
      unverifiedHours: due - proven,
      producedEvents: proven * 100,
      lostEvents: Math.min(proven, incomplete),
      settledHours: due,
      inPlaceHours: due,
      deliveredEvents: due * 100,
      skewedEvents: Math.min(due, skewed),
    };
  });

const own = fc.constantFrom(null, null, 0.999);
const type = fc.record({
  tier: fc.constantFrom("high", "normal", "low"),
  owner: fc.constantFrom(...owners),
  own: fc.record({ timeliness: own, completeness: own, skew: own }),
  now: counts,
  before: counts,
  isRunning: fc.boolean(),
});
const types = fc.array(type, { minLength: 1, maxLength: 6 }).map((some) =>
  some.map((each, index) => {
    const objective = tiers[each.tier as keyof typeof tiers];
    const held = { timeliness: objective, completeness: objective, skew: objective };
    const shared = {
      types: 1,
      pastRecords: 0,
      name: `Type${index}`,
      tier: each.tier,
      owner: each.owner,
      objectives: {
        timeliness: each.own.timeliness ?? objective,
        completeness: each.own.completeness ?? objective,
        skew: each.own.skew ?? objective,
      },
      tierObjectives: held,
      promisedHours: 744,
      frozenAt: null,
      restatedFrom: null,
      claimedAt: new Date(0),
      deadlineSeconds: 7_200,
      termsSince: new Date(0),
    };
    const is: TypeFigures = { ...shared, counts: each.now, isRunning: each.isRunning };
    const was: TypeFigures = { ...shared, counts: each.before, isRunning: false };
    return { is, was };
  }),
);

function reportOf(some: readonly { is: TypeFigures; was: TypeFigures }[]): SloReport {
  const [everything, earlier] = [some.map(({ is }) => is), some.map(({ was }) => was)];
  const month = (period: ReturnType<typeof monthPeriod>, figures: readonly TypeFigures[]) => ({
    period: toPeriod(period, figures),
    restatements: 0,
    total: toTotal(figures, {}),
    tiers: tierItems(figures),
  });
  return composeReport({
    period: october,
    now,
    filter: {},
    everything,
    earlier,
    figures: everything.map(({ tier, owner, tierObjectives, counts: sums }) => ({
      day: october.from,
      tier,
      owner,
      objective: tierObjectives.timeliness,
      dueHours: sums.dueHours,
      metHours: sums.metHours,
      excusedHours: sums.excusedHours,
      incompleteHours: sums.provenHours - sums.completeHours,
      unverifiedHours: sums.unverifiedHours,
      lostEvents: sums.lostEvents,
      skewedEvents: sums.skewedEvents,
    })),
    causes: [],
    months: [month(monthPeriod(addMonths(october.from, -1)), earlier), month(october, everything)],
    incidents: {
      count: 0,
      items: [],
      medians: { detectSeconds: null, acknowledgeSeconds: null, resolveSeconds: null, leadSeconds: null },
    },
    restatements: { items: [], next: null },
    excuses: [],
    pendingDays: 0,
  });
}

const words = Object.values(statusWords).join("|");

const cliRow = new RegExp(
  `^(\\w+) +(\\w+) +(on time|complete|in their hour) +\\S+(?: %)? +\\S+(?: %)? +(${words})(?: |$)`,
);

/** The page's text, with a bar after each cell. */
function pageOf(report: SloReport): string {
  const within = (content: ReactNode) =>
    createElement(QueryClientProvider, { client: new QueryClient() }, createElement(MantineProvider, null, content));
  return renderToStaticMarkup(within(createElement(SloReportView, { report })))
    .replaceAll(/<style.*?<\/style>|<title.*?<\/title>/gs, "")
    .replaceAll(/<\/(?:td|th|section|h1|h2|p|li|tr)>/g, "|")
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll("&nbsp;", " ");
}

test("page, table, months, CSV, API, command line and mail give a month's objectives the same statuses", () => {
  fc.assert(
    fc.property(types, (some) => {
      const figures = some.map(({ is }) => is);
      const report = reportOf(some);
      const api = toItems(figures);
      const total = toTotal(figures, {});
      const statusOf = (scope: string, name: string) =>
        measures.map((measure) => api.find((item) => item.scope === scope && item.name === name)?.[measure].status);

      const csv = toAttainmentCsv({ period: report.period, items: api }).trim().split("\r\n");
      const column = (name: string) => (csv[0] ?? "").split(",").indexOf(name);
      for (const line of csv.slice(1).map((text) => text.split(","))) {
        const said = measures.map((measure) => line[column(`${measure}_status`)]);
        expect(said).toEqual(statusOf(line[1] ?? "", line[2] ?? ""));
      }

      for (const line of writeServiceLevels({ period: report.period, items: api, pendingDays: 0 }).slice(2)) {
        const [, scope = "", name = "", measure, status = ""] = cliRow.exec(line) ?? [];
        const index = ["on time", "complete", "in their hour"].indexOf(measure ?? "");
        const held = statusOf(scope === "type" ? "eventType" : scope, name)[index];
        expect(status).toBe(held && statusWords[held]);
      }

      const digest = writeDigest(report, null);
      const text = digestText(digest, "https://tidemark.example.com");
      const html = digestHtml(digest, "https://tidemark.example.com");
      const page = pageOf(report);
      const month = report.months.at(-1);
      for (const tier of report.tiers) {
        const [timeliness] = statusOf("tier", tier.name);
        expect(measures.map((measure) => tier[measure].status)).toEqual(statusOf("tier", tier.name));
        expect(month?.tiers.find(({ name }) => name === tier.name)?.timeliness.status).toBe(timeliness);
        expect(digest.tiers.find(({ name }) => name === tier.name)?.status).toBe(timeliness);
        const row = new RegExp(`^${tier.name} +\\S.* (${words})  `, "m").exec(text)?.[1];
        expect(row).toBe(statusWords[timeliness ?? "no_data"]);
        expect(html).toContain(`>${statusWords[timeliness ?? "no_data"]}</span>`);
      }
      expect(measures.map((measure) => report.total[measure].status)).toEqual(
        measures.map((measure) => total[measure].status),
      );
      expect(month?.total.timeliness.status).toBe(total.timeliness.status);

      for (const item of report.types) {
        const row = new RegExp(`\\|${item.name} [^|]*\\|([^|]*)\\|`).exec(
          page.slice(page.indexOf("|Every event type|")),
        );
        expect(row?.[1]).toContain(statusWords[item.timeliness.status]);
      }
      // The first sentence is about the tier that is promised most, and gives that tier's status.
      const lead = report.tiers[0];
      if (lead && lead.timeliness.hours.attainment !== null && lead.timeliness.parts.length === 0)
        expect(digest.answer).toMatch(
          new RegExp(`of ${lead.name}-tier hours on time, .*${statusWords[lead.timeliness.status]}`),
        );
      // A missed objective is in the sentence, the mail's subject and on the page, whosever it is.
      for (const tier of report.tiers)
        for (const measure of measures)
          if (tier[measure].status === "missed") {
            expect(digest.answer).toContain("missed");
            expect(digest.subject).toContain("missed");
          }
      if (!report.tiers.some((tier) => measures.some((measure) => tier[measure].status === "missed"))) {
        expect(digest.answer).not.toContain("missed");
        expect(digest.subject).not.toContain("missed");
      }
      // No percentage of an objective that was not set.
      const set = new Set([99.5, 97, 99.9]);
      for (const [, said] of page.matchAll(/objective ([\d.]+) %/g)) expect(set).toContain(Number(said));
    }),
    { numRuns: 25 },
  );
});
