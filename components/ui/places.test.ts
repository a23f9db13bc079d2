import { globSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { placeOf } from "./places.ts";

const dashboard = join(import.meta.dirname, "../../app/(dashboard)");
const routes = globSync("**/page.tsx", { cwd: dashboard }).map((file) => `/${file.replace(/\/?page\.tsx$/, "")}`);

test("every page of the frame marks where it belongs", () => {
  expect(routes).toContain("/sources/[name]");
  expect(routes.filter((route) => placeOf(route) === null)).toEqual([]);
});

test("a page that does not lie below its main page belongs to it all the same", () => {
  expect(placeOf("/new-source")).toBe("/sources");
  expect(placeOf("/ready")).toBe("/consumers");
  expect(placeOf("/audit")).toBe("/account");
});

test("a page that does not exist belongs nowhere", () => {
  expect(placeOf("/no/such/page")).toBeNull();
  expect(placeOf("/sourcesque")).toBeNull();
});
