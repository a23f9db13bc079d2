import { afterEach, expect, test } from "vitest";
import { keep, readKept } from "./browser-storage.ts";

afterEach(() => {
  Reflect.deleteProperty(globalThis, "window");
});

function browser(localStorage: () => Pick<Storage, "getItem" | "setItem">): void {
  const window = Object.defineProperty({}, "localStorage", { get: localStorage });
  Object.defineProperty(globalThis, "window", { value: window, configurable: true });
}

test("what a browser keeps is read again", () => {
  const kept = new Map<string, string>();
  browser(() => ({ getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) }));
  expect(readKept("zone")).toBeNull();
  keep("zone", "local");
  expect([readKept("zone"), kept.get("zone")]).toEqual(["local", "local"]);
});

test("one that keeps nothing, and throws at being asked, goes on with the choice all the same", () => {
  browser(() => {
    throw new Error("The operation is insecure.");
  });
  expect(readKept("colours")).toBeNull();
  keep("colours", "dark");
  expect(readKept("colours")).toBe("dark");
});
