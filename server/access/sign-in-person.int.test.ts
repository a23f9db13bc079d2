import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { workerContext } from "#test/worker-context.ts";
import { createToken } from "./create-token.ts";
import { invitePerson } from "./invite-person.ts";
import { readPerson } from "./list-people.ts";
import { signInPerson } from "./sign-in-person.ts";

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const from = { door: "browser", address: null, requestId: null } as const;
const meaning = { roles: [{ gives: "editor", group: "*" } as const], teams: null };

/** Signs in at the provider under a name; returns the name that is recorded here. */
async function signIn(subject: string, name: string): Promise<string> {
  const claims = { preferredUsername: null, email: `${subject}@example.com`, groups: ["data"] };
  const identity = { issuer: "https://id.example", subject, name, ...claims, sid: null, idToken: "x" };
  const { personId } = await signInPerson(db.database, { identity, meaning, from });
  const ctx = workerContext(db.database, { now: () => new Date(), speed: 1, toRealMs: (ms) => ms });
  return (await readPerson({ ctx, input: { id: personId } })).name;
}

test("a name that its person no longer has at the provider stays theirs", async () => {
  expect(await signIn("u1", "Ada Lind")).toBe("Ada Lind");
  expect(await signIn("u1", "Ada Berg")).toBe("Ada Berg");
  // Neither another person of the provider, nor an invited one, nor a token.
  expect(await signIn("u2", "ADA LIND")).toBe("ADA LIND (u2@example.com)");
  const ctx = workerContext(db.database, { now: () => new Date(), speed: 1, toRealMs: (ms) => ms });
  const invited = invitePerson({ ctx, input: { name: "Ada Lind", role: "viewer", email: null, teams: [] } });
  await expect(invited).rejects.toThrow(
    '"Ada Lind" is too close to the name of the person "Ada Berg", who was called "Ada Lind". Choose another one.',
  );
  const token = { name: "ada lind", scopes: ["read" as const], expiresAt: null, owner: null };
  const made = createToken({ ctx, input: { ...token, teams: [], datacenters: [], eventTypes: [] } });
  await expect(made).rejects.toThrow('"Ada Lind" is a person\'s name. Choose another one for the token.');
  // But she may have it back.
  expect(await signIn("u1", "Ada Lind")).toBe("Ada Lind");
  expect(await signIn("u2", "Ada Berg")).toBe("Ada Berg (u2@example.com)");
});
