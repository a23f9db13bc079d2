import { expect, it } from "vitest";
import { ApiProblem } from "./client.ts";

it("says a fault once where it is the whole detail", () => {
  const detail = "The end must be after the start.";
  expect(new ApiProblem(400, detail, [{ pointer: "/to", detail }]).message).toBe(detail);
});

it("lists the faults that the detail sums up", () => {
  const faults = [
    { pointer: "/to", detail: "is required" },
    { parameter: "limit", detail: "must be a number" },
  ];
  expect(new ApiProblem(400, "The request is invalid.", faults).message).toBe(
    "The request is invalid.\n/to is required\nlimit must be a number",
  );
});
