import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { SecretBox, SecretUnreadable } from "./secret-box.ts";

const place = { table: "subscription", row: "sub_1" };
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const older = randomBytes(32);
const newer = randomBytes(32);

describe("a secret box", () => {
  test("opens what it sealed, never sealing the same value alike", () => {
    const box = new SecretBox([newer]);
    const [one, two] = [box.seal(place, secret), box.seal(place, secret)];
    expect(one).not.toBe(two);
    expect(one).toMatch(/^sealed1\.[0-9a-f]{8}\.[\w-]+$/);
    expect(one).not.toContain(secret.slice(6, 20));
    expect([box.open(place, one), box.open(place, two)]).toEqual([secret, secret]);
  });

  test("seals with the first key and opens with every one", () => {
    const sealed = new SecretBox([older]).seal(place, secret);
    const box = new SecretBox([newer, older]);
    expect(box.open(place, sealed)).toBe(secret);
    const resealed = box.reseal(place, sealed);
    expect(new SecretBox([newer]).open(place, resealed)).toBe(secret);
    expect(box.reseal(place, resealed)).toBe(resealed);
  });

  test("takes plain text as it is, and seals it with the first change", () => {
    const box = new SecretBox([newer]);
    expect(box.open(place, secret)).toBe(secret);
    expect(box.open(place, box.reseal(place, secret))).toBe(secret);
    expect(new SecretBox([]).seal(place, secret)).toBe(secret);
  });

  test.each([
    ["another row", { table: "subscription", row: "sub_2" }],
    ["another table", { table: "session", row: "sub_1" }],
  ])("refuses a value that was moved to %s", (_, elsewhere) => {
    const box = new SecretBox([newer]);
    const sealed = box.seal(place, secret);
    expect(() => box.open(elsewhere, sealed)).toThrow(SecretUnreadable);
    expect(box.reseal(elsewhere, sealed)).toBe(sealed);
  });

  test("refuses every changed character, and every shortened value", () => {
    const box = new SecretBox([newer]);
    const sealed = box.seal(place, secret);
    const start = "sealed1.".length;
    for (let index = start; index < sealed.length - 1; index += 1) {
      const other = sealed[index] === "0" ? "1" : "0";
      if (sealed[index] === ".") continue;
      expect(box.canOpen(place, sealed.slice(0, index) + other + sealed.slice(index + 1)), `at ${index}`).toBe(false);
      expect(box.canOpen(place, sealed.slice(0, index)), `cut at ${index}`).toBe(false);
    }
  });

  test("names the key that it lacks, and what to do", () => {
    const sealed = new SecretBox([older]).seal(place, secret);
    const id = sealed.split(".")[1];
    expect(new SecretBox([newer]).whyNot(place, sealed)).toBe(
      `The secret in subscription sub_1 is encrypted with the key ${id}, which this process does not have. Add that key to TIDEMARK_ENCRYPTION_KEYS_OLD and restart.`,
    );
    expect(new SecretBox([]).canOpen(place, sealed)).toBe(false);
  });
});
