import { expect, test } from "vitest";
import { dutyName, worstText } from "./duty-history.tsx";

test("duties have names for people", () => {
  expect(dutyName("current-hours")).toBe("Current hours");
  expect(dutyName("roll-up")).toBe("Roll-up");
  expect(dutyName("judging")).toBe("Judging");
});

test("the worst hour says how much of it was behind, and by how much", () => {
  expect(worstText({ minutesBehind: 12, worstAgeSeconds: 185 })).toBe("12 min behind, by up to 3 min");
  expect(worstText({ minutesBehind: 1, worstAgeSeconds: 59 })).toBe("1 min behind, by up to 59 s");
});
