import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { actorNamesOf, cleanActorName, foldActorName, refuseActorName } from "./actor-name.ts";

describe("names that are recorded with acts", () => {
  test.each([
    ["Ada Lind", "ada lind"],
    ["ADA LIND", "Ada  Lind"],
    ["Ａｄａ Ｌｉｎｄ", "Ada Lind"],
    ["Ada\u200bLind", "AdaLind"],
    ["Strauß", "STRAUSS"],
    ["ΟΔΟΣ", "οδος"],
    ["ﬁona", "Fiona"],
  ])("%s and %s look alike", (one, other) => expect(foldActorName(one)).toBe(foldActorName(other)));

  test("folding a folded name changes nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        const folded = foldActorName(name);
        expect(foldActorName(folded)).toBe(folded);
      }),
    );
  });

  test.each([
    "admin",
    "Admin",
    "ＡＤＭＩＮ",
    "ad\u200bmin",
    "dashboard",
    "visitor",
    "system",
    "worker:ingest",
    "Worker:Ingest",
    "tidemark",
    "Ada (PagerDuty)",
    "Ada (Slack)",
    "slack",
  ])("%s is refused: the product or a service acts under it", (name) => {
    expect(refuseActorName(name)).toMatch(/Choose another one\.$/);
  });

  test.each(["Ada Lind", "administrator", "exporter", "tidemark-exporter", "workers", "ada (ops)", "Слава"])(
    "%s is free",
    (name) => expect(refuseActorName(name)).toBeNull(),
  );

  test("a name of invisible characters is none", () => {
    expect(refuseActorName("\u200b \u2060")).toBe("A name needs at least one visible character.");
    expect(cleanActorName("Ada\u0000\n Lind\u202e")).toBe("Ada Lind");
  });

  test("the e-mail stands behind a name that another person has, and then the subject", () => {
    const claims = { name: "Ada Lind", preferredUsername: "ada", email: "ada@example.com", subject: "00u1" };
    expect(actorNamesOf(claims)).toEqual(["Ada Lind", "Ada Lind (ada@example.com)", "Ada Lind (00u1)"]);
    expect(actorNamesOf({ ...claims, name: null })[0]).toBe("ada");
    expect(actorNamesOf({ ...claims, name: " ", preferredUsername: null })).toEqual([
      "ada@example.com",
      "ada@example.com (00u1)",
    ]);
  });

  test("no name is longer than 200 characters, and none loses what sets it apart", () => {
    const names = actorNamesOf({
      name: "x".repeat(500),
      preferredUsername: null,
      email: `${"y".repeat(60)}@e.example`,
      subject: "s1",
    });
    for (const name of names) expect([...name].length).toBeLessThanOrEqual(200);
    expect(names[1]).toMatch(/@e\.example\)$/);
    expect(names[2]).toMatch(/\(s1\)$/);
  });
});
