import { expect, it } from "vitest";
import { unavailablePage } from "./unavailable-page.ts";

it("is a page that says why, and asks again by itself", async () => {
  const page = unavailablePage("Tidemark's database is unreachable, so sign-ins cannot be checked.");
  expect(page.status).toBe(503);
  expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(page.headers.get("cache-control")).toBe("no-store");
  expect(page.headers.get("refresh")).toBe(page.headers.get("retry-after"));
  const html = await page.text();
  expect(html).toContain("<h1>Tidemark is unavailable</h1>");
  expect(html).toContain("database is unreachable, so sign-ins cannot be checked.");
});

it("shows markup in the reason as text", async () => {
  expect(await unavailablePage("No key <b>&").text()).toContain("No key &#60;b&#62;&#38;");
});
