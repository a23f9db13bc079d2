import fc from "fast-check";
import { expect, test } from "vitest";
import type { BoardAlertJson, CompactBoardRowJson } from "#domain/api/board.ts";
import { verdictStates } from "#domain/verdict.ts";
import { boardFilterKeys, matchesFilter, parseFilter } from "./filter.ts";
import { filterChips, toggleTerm } from "./filter-chips.ts";
import { groupings, groupRows, troubleText } from "./groups.ts";

const alert = fc.record({
  incidentId: fc.constantFrom("1", "2"),
  severity: fc.constantFrom("page" as const, "ticket" as const, "info" as const),
  since: fc.constant("2026-11-22T13:00:00Z"),
  acknowledged: fc.boolean(),
  muted: fc.constantFrom(null, "silenced" as const, "inhibited" as const),
});
const row = fc.record({
  eventType: fc.string({ minLength: 1, maxLength: 3 }),
  owner: fc.constantFrom("payments", "ads", "pay day"),
  tier: fc.constantFrom("high", "normal", "very low"),
  state: fc.constantFrom(...verdictStates),
  alerts: fc.array<BoardAlertJson>(alert, { maxLength: 2 }),
  worstDatacenter: fc.constantFrom(null, "lon", "sjc"),
  openHours: fc.nat(2),
  missed: fc.constantFrom("", "3", "4,5"),
  delaySeconds: fc.constantFrom(null, 60, 9_000),
  deadlineSeconds: fc.constant(7_200),
});
const boards = fc.array(row, { maxLength: 30 }).map((items) => items as unknown as CompactBoardRowJson[]);
const words = [
  "state:late",
  "state:complete,late",
  "-state:open",
  "tier:high",
  'tier:"very low"',
  "alert:firing",
  "alert:page",
];
const texts = fc
  .array(fc.constantFrom(...words, "deadline:missed", "owner:ads", "dc:lon", "a", '"'), { maxLength: 3 })
  .map((terms) => terms.join(" "));

const listed = (items: readonly CompactBoardRowJson[], text: string) =>
  items.filter((each) => matchesFilter(each, parseFilter(text, boardFilterKeys)));

test("a chip counts the rows that are listed once it is on", () => {
  fc.assert(
    fc.property(boards, texts, (items, text) => {
      for (const { term, count, on } of filterChips({ items }, text)) {
        const chosen = on ? text : toggleTerm(text, term);
        expect([term, count]).toEqual([term, listed(items, chosen).length]);
      }
    }),
  );
});

test("without a filter the chips of states add up to the board, and so do those of tiers", () => {
  fc.assert(
    fc.property(boards, (items) => {
      const chips = filterChips({ items }, "");
      const sum = (key: string) =>
        chips.reduce((total, { term, count }) => total + (term.startsWith(key) ? count : 0), 0);
      expect([sum("state:"), sum("tier:")]).toEqual([items.length, items.length]);
    }),
  );
});

test("every row with an alert is counted by its chip and by its group, in whatever state", () => {
  fc.assert(
    fc.property(boards, fc.constantFrom(...groupings), (items, grouping) => {
      const alerted = items.filter(({ alerts }) => alerts.length > 0).length;
      const chip = filterChips({ items }, "").find(({ term }) => term === "alert:firing");
      expect(chip?.count ?? 0).toBe(alerted);
      const groups = groupRows(items, grouping);
      expect(groups.reduce((sum, group) => sum + group.alerted, 0)).toBe(alerted);
      expect(groups.reduce((sum, { rows }) => sum + rows.length, 0)).toBe(items.length);
      for (const group of groups) expect(troubleText(group).includes("alert")).toBe(group.alerted > 0);
    }),
  );
});

test("no type with an alert, in trouble or with a missed deadline is among those without trouble", () => {
  fc.assert(
    fc.property(boards, (items) => {
      for (const { name, rows } of groupRows(items, "cause")) {
        if (name !== "no trouble") continue;
        expect(listed(rows, "alert:firing")).toEqual([]);
        expect(listed(rows, "deadline:missed")).toEqual([]);
        expect(listed(rows, "state:late,incomplete,overcounted,unverified")).toEqual([]);
      }
      const calm = groupRows(items, "dc").find(({ name }) => name === "not held up");
      expect(listed(calm?.rows ?? [], "alert:firing")).toEqual([]);
    }),
  );
});
