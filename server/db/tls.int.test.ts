import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findProgram } from "#test/find-program.ts";
import { startTestPostgres, type TestPostgres } from "#test/test-postgres.ts";
import { openDatabase } from "./database.ts";
import { listen } from "./notifications.ts";

const openssl = findProgram("openssl", "install Debian's openssl.");

let folder: string;
let postgres: TestPostgres;
const file = (name: string) => join(folder, name);

/** An authority of our own, one that signed nothing, and a certificate for the address 127.0.0.1 alone. */
function makeCertificates(): void {
  const make = (...args: string[]) => execFileSync(openssl ?? "", args, { cwd: folder, stdio: "ignore" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  for (const name of ["ca", "other"]) {
    make("req", "-x509", ...key, "-keyout", `${name}.key`, "-out", `${name}.pem`, "-subj", `/CN=${name}`, "-days", "2");
  }
  make("req", ...key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=server");
  writeFileSync(file("names"), "subjectAltName=IP:127.0.0.1");
  const signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "names"];
  make("x509", "-req", "-in", "server.csr", "-out", "server.pem", ...signed);
}

describe.skipIf(!openssl)("TLS to PostgreSQL", { meta: { needs: "openssl" } }, () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "tidemark-tls-"));
    chmodSync(folder, 0o755);
    makeCertificates();
    postgres = await startTestPostgres(async (user) => {
      if (user) chownSync(file("server.key"), user.uid, user.gid);
      chmodSync(file("server.key"), 0o600);
      return { ssl: "on", ssl_cert_file: file("server.pem"), ssl_key_file: file("server.key") };
    });
  });
  afterAll(async () => {
    await postgres?.stop();
    rmSync(folder, { recursive: true });
  });

  const urlOf = (query: string, host = "127.0.0.1") =>
    `${postgres.url.replace("127.0.0.1", host)}/postgres?${query.replace(/sslrootcert=(\w+)/, (_, name) => `sslrootcert=${file(name)}.pem`)}`;

  /** Whether the connection is encrypted; the error's code if there is none. */
  async function connect(url: string): Promise<boolean | string> {
    const database = openDatabase(url, { maxConnections: 1 });
    try {
      const { rows } = await database.sql.query<{ ssl: boolean }>(
        "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
      );
      // The same for Prisma, which shares the pool.
      await database.prisma.$queryRaw`SELECT 1`;
      return rows[0]?.ssl ?? "no row";
    } catch (error) {
      return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    } finally {
      await database.close();
    }
  }

  const untrusted = expect.stringMatching(/SELF_SIGNED|UNABLE_TO_(VERIFY|GET)/);
  const otherName = "ERR_TLS_CERT_ALTNAME_INVALID";

  test.each([
    ["", "127.0.0.1", false],
    ["sslmode=disable", "127.0.0.1", false],
    // It encrypts, and trusts anyone.
    ["sslmode=require", "127.0.0.1", true],
    ["sslmode=require", "localhost", true],
    // With an authority it is verify-ca.
    ["sslmode=require&sslrootcert=other", "127.0.0.1", untrusted],
    ["sslmode=require&sslrootcert=ca", "localhost", true],
    // The authority, not the name.
    ["sslmode=verify-ca&sslrootcert=ca", "127.0.0.1", true],
    ["sslmode=verify-ca&sslrootcert=ca", "localhost", true],
    ["sslmode=verify-ca&sslrootcert=other", "127.0.0.1", untrusted],
    // Both.
    ["sslmode=verify-full&sslrootcert=ca", "127.0.0.1", true],
    ["sslmode=verify-full&sslrootcert=ca", "localhost", otherName],
    ["sslmode=verify-full&sslrootcert=other", "127.0.0.1", untrusted],
    // Node's own authorities did not sign it.
    ["sslmode=verify-full", "127.0.0.1", untrusted],
  ])("%s at %s", async (query, host, expected) => expect(await connect(urlOf(query, host))).toEqual(expected));

  test("connections that listen are encrypted too", async () => {
    const heard = Promise.withResolvers<string>();
    const url = urlOf("sslmode=verify-full&sslrootcert=ca");
    const database = openDatabase(url, { maxConnections: 1 });
    const listener = listen({
      url,
      channel: "tls",
      onNotification: heard.resolve,
      onConnected: () =>
        void database.sql.query(
          "SELECT pg_notify('tls', count(*)::text) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE ssl AND application_name = 'tidemark listen'",
        ),
    });
    expect(await heard.promise).toBe("1");
    await listener.close();
    await database.close();
  });
});
