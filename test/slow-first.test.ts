import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { slow } from "./slow-first.ts";

test("what begins first is still there: a file that was renamed would begin last again", () => {
  expect(slow.filter((file) => !existsSync(join(import.meta.dirname, "..", file)))).toEqual([]);
});
