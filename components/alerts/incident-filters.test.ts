import { expect, test } from "vitest";
import { isFiltered } from "#components/ui/page-search.ts";
import { filterSearch, readFilters, spanOf } from "./incident-filters.ts";

test("filters are read from the URL and written back the same", () => {
  const search =
    "q=sjc+backlog&datacenter=sjc&eventType=EndSong&severity=page&state=resolved&from=2026-11-20&to=2026-11-22";
  const filters = readFilters(Object.fromEntries(new URLSearchParams(search)));
  expect(filterSearch(filters)).toBe(search);
  expect(filterSearch(filters, { before: "17" })).toBe(`${search}&before=17`);
  expect(isFiltered(filters)).toBe(true);
});

test("what cannot be asked for is left out", () => {
  const filters = readFilters({
    severity: "nonsense",
    state: ["open", "resolved"],
    from: "2026-02-30",
    q: "x".repeat(999),
  });
  expect(filters).toMatchObject({ severity: "", state: "", from: "", q: "x".repeat(200) });
  expect(isFiltered(readFilters({ before: "17" }))).toBe(false);
});

test("days are whole, the last one included", () => {
  expect(spanOf({ from: "2026-11-20", to: "2026-11-20" })).toEqual({
    from: new Date("2026-11-20T00:00:00Z"),
    to: new Date("2026-11-21T00:00:00Z"),
  });
  expect(spanOf({ from: "", to: "" })).toEqual({});
});
