import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mayChange, type Owner, refuseChange, sayRefusal } from "./may-change.ts";

const object = { kind: "Channel", name: "pager" } as const;
const changes = {
  "creates without an owner": { before: undefined, after: null },
  "creates for A": { before: undefined, after: "A" },
  "creates for B": { before: undefined, after: "B" },
  "changes what no team owns": { before: null, after: null },
  "takes over for A what no team owns": { before: null, after: "A" },
  "gives to B what no team owns": { before: null, after: "B" },
  "deletes what no team owns": { before: null, after: undefined },
  "changes A's": { before: "A", after: "A" },
  "gives up A's": { before: "A", after: null },
  "hands over A's to B": { before: "A", after: "B" },
  "deletes A's": { before: "A", after: undefined },
  "changes B's": { before: "B", after: "B" },
  "gives up B's": { before: "B", after: null },
  "hands over B's to A": { before: "B", after: "A" },
  "deletes B's": { before: "B", after: undefined },
} satisfies Record<string, { before: Owner | undefined; after: Owner | undefined }>;

/** What is refused, with the team that stands against it; what is not named is allowed. */
const refusedTo: Record<string, { teams: string[] | null; refused: Record<string, string> }> = {
  "an administrator, or a token without a limit": { teams: null, refused: {} },
  "a member of A and B": { teams: ["A", "B"], refused: {} },
  "a member of A": {
    teams: ["A"],
    refused: {
      "creates for B": "given B",
      "gives to B what no team owns": "given B",
      "hands over A's to B": "given B",
      "changes B's": "owned B",
      "gives up B's": "owned B",
      "hands over B's to A": "owned B",
      "deletes B's": "owned B",
    },
  },
  "an editor of no team": {
    teams: [],
    refused: {
      "creates for A": "given A",
      "creates for B": "given B",
      "takes over for A what no team owns": "given A",
      "gives to B what no team owns": "given B",
      "changes A's": "owned A",
      "gives up A's": "owned A",
      "hands over A's to B": "owned A",
      "deletes A's": "owned A",
      "changes B's": "owned B",
      "gives up B's": "owned B",
      "hands over B's to A": "owned B",
      "deletes B's": "owned B",
    },
  },
};

describe.each(Object.entries(refusedTo))("%s", (_, { teams, refused }) => {
  test.each(Object.entries(changes))("%s", (title, change) => {
    const found = refuseChange(teams, { ...object, ...change });
    expect(found && `${found.because} ${found.team}`).toBe(refused[title] ?? null);
  });
});

describe("who may change an object", () => {
  const owner = fc.constantFrom("A", "B", "C", null);
  const teams = fc.option(fc.subarray(["A", "B", "C"]), { nil: null });

  test("may save it as it is, and no one else may", () => {
    fc.assert(
      fc.property(teams, owner, (held, owned) => {
        const isRefused = refuseChange(held, { ...object, before: owned, after: owned }) !== null;
        expect(isRefused).toBe(!mayChange(held, owned));
      }),
    );
  });

  test("never loses a right by joining another team", () => {
    fc.assert(
      fc.property(fc.subarray(["A", "B"]), owner, owner, (held, before, after) => {
        const change = { ...object, before, after };
        if (refuseChange(held, change) === null) expect(refuseChange([...held, "C"], change)).toBeNull();
      }),
    );
  });

  test("team names are compared to the character", () => {
    expect(mayChange(["payments"], "Payments")).toBe(false);
    expect(mayChange(["payments"], "payments ")).toBe(false);
  });
});

test("a refusal names the object, its team and who to ask", () => {
  expect(sayRefusal({ ...object, team: "payments", because: "owned" })).toBe(
    'The channel "pager" belongs to team "payments". Ask one of its members or an administrator to change it.',
  );
  expect(sayRefusal({ ...object, team: "ads", because: "given" })).toBe(
    'You are not in team "ads", which the channel "pager" would belong to. Ask one of its members or an administrator.',
  );
});
