import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readDatabaseTls } from "./database-tls.ts";

let folder: string;
let ca: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tidemark-tls-"));
  ca = join(folder, "ca.pem");
  writeFileSync(ca, "an authority");
});
afterAll(() => rmSync(folder, { recursive: true }));

const address = "postgres://u:p@db.example.com:5432/tidemark";
const sslOf = (query: string) => readDatabaseTls(`${address}?${query}`).ssl;

test("a URL that says nothing of TLS stays as it is", () => {
  for (const url of [address, `${address}?application_name=x`, `${address}?ssl=true`]) {
    expect(readDatabaseTls(url)).toEqual({ connectionString: url });
  }
});

test("each mode checks what it checks in libpq", () => {
  const ignoresName = { ca: "an authority", checkServerIdentity: expect.any(Function) };
  expect(sslOf("sslmode=disable")).toBe(false);
  expect(sslOf("sslmode=require")).toEqual({ rejectUnauthorized: false });
  expect(sslOf(`sslmode=require&sslrootcert=${ca}`)).toEqual(ignoresName);
  expect(sslOf(`sslmode=verify-ca&sslrootcert=${ca}`)).toEqual(ignoresName);
  expect(sslOf("sslmode=verify-full")).toEqual({});
  expect(sslOf(`sslmode=verify-full&sslrootcert=${ca}`)).toEqual({ ca: "an authority" });
  expect(sslOf("sslmode=verify-full&sslrootcert=system")).toEqual({});
});

test("an authority without a mode is verified in full", () => {
  expect(sslOf(`sslrootcert=${ca}`)).toEqual({ ca: "an authority" });
});

test("a server that is reached by its address must have that address in its certificate", () => {
  expect(readDatabaseTls("postgres://u:p@10.1.2.3/t?sslmode=verify-full").ssl).toEqual({ host: "10.1.2.3" });
  expect(readDatabaseTls("postgres://u:p@[::1]:5432/t?sslmode=verify-full").ssl).toEqual({ host: "::1" });
});

test("a socket needs no TLS, with a host in the URL or without", () => {
  for (const host of ["localhost", ""]) {
    const url = `postgres://u:p@${host}/t?host=/cloudsql/project:region:name&sslmode=verify-full`;
    const connectionString = `postgres://u:p@${host}/t?host=%2Fcloudsql%2Fproject%3Aregion%3Aname`;
    expect(readDatabaseTls(url)).toEqual({ connectionString, ssl: false });
  }
});

test("what else the URL says stays in it", () => {
  expect(readDatabaseTls(`${address}?sslmode=disable&application_name=x`).connectionString).toBe(
    `${address}?application_name=x`,
  );
});

test.each([
  ["sslmode=prefer", "sslmode=prefer, which would send everything unencrypted"],
  ["sslmode=verify_full", "sslmode=verify_full, which is not a mode. Use disable, require, verify-ca, verify-full."],
  ["sslmode=verify-ca", "sslmode=verify-ca without sslrootcert"],
  ["sslrootcert=/none/ca.pem", "sslrootcert=/none/ca.pem, which cannot be read (ENOENT)"],
])("%s is refused", (query, sentence) => expect(() => sslOf(query)).toThrow(`DATABASE_URL has ${sentence}`));
