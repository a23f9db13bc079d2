import { stringify } from "csv-stringify/sync";
import type { SloAttainmentJson, SloItemJson } from "#domain/api/slo.ts";
import { measures } from "#domain/slo.ts";

type Cell = string | number | null;

const columns: [name: string, read: (item: SloItemJson) => Cell][] = [
  ["scope", (item) => item.scope],
  ["name", (item) => item.name],
  ["tier", (item) => item.tier],
  ["owner", (item) => item.owner],
  ["types", (item) => item.types],
  ["promised_hours", (item) => item.hours.promised],
  ["due_hours", (item) => item.hours.due],
  ["excused_hours", (item) => item.hours.excused],
  ["undecided_hours", (item) => item.hours.undecided],
  ["frozen_at", (item) => item.frozenAt],
  ["restated", (item) => String(item.restated)],
  ...measures.flatMap((measure): [string, (item: SloItemJson) => Cell][] => [
    [`${measure}_objective`, (item) => item[measure].objective],
    [`${measure}_status`, (item) => item[measure].status],
    ...(["hours", "events"] as const).flatMap((basis): [string, (item: SloItemJson) => Cell][] => [
      [`${measure}_${basis}_counted`, (item) => item[measure][basis].counted],
      [`${measure}_${basis}_good`, (item) => item[measure][basis].good],
      [`${measure}_${basis}_bad`, (item) => item[measure][basis].bad],
      [`${measure}_${basis}_attainment`, (item) => item[measure][basis].attainment],
      [`${measure}_${basis}_budget_allowed`, (item) => item[measure][basis].budget?.allowed ?? null],
      [`${measure}_${basis}_budget_remaining`, (item) => item[measure][basis].budget?.remaining ?? null],
    ]),
  ]),
  ["unverified_hours", (item) => item.completeness.unverifiedHours],
];

/** One line per tier and type (RFC 4180), with a header. */
export function toAttainmentCsv({ period, items }: Pick<SloAttainmentJson, "period" | "items">): string {
  return stringify(
    items.map((item) => [period.name, ...columns.map(([, read]) => read(item))]),
    {
      header: true,
      columns: ["period", ...columns.map(([name]) => name)],
      record_delimiter: "windows",
      // A spreadsheet runs cells that look like formulas, and anyone who may report can name an event type.
      escape_formulas: true,
      // A negative number is none.
      cast: { number: (value) => ({ value: String(value), escape_formulas: false }) },
    },
  );
}
