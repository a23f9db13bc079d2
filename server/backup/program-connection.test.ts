import { expect, test } from "vitest";
import { programConnection } from "./program-connection.ts";

const address = (url: string) => programConnection(url, "tidemark backup").address;
const password = (url: string) => programConnection(url, "tidemark backup").variables.PGPASSWORD;

test("the password goes through the environment, never the command line", () => {
  const url = "postgres://ada:p%40ss%3Aword@db.example.com:5433/tidemark?sslmode=require";
  expect(address(url)).toBe("postgres://ada@db.example.com:5433/tidemark?sslmode=require");
  expect(password(url)).toBe("p@ss:word");
  expect(address("postgres://db/tidemark?user=ada&password=s%2Bcret")).toBe("postgres://db/tidemark?user=ada");
  expect(password("postgres://db/tidemark?user=ada&password=s%2Bcret")).toBe("s+cret");
  // PGPASSWORD or a password file of the operator's own stays in force.
  expect(password("postgres://ada@db/tidemark")).toBeUndefined();
});

test("what node-postgres says in its own words is said in libpq's", () => {
  expect(address("postgres://db/t?sslmode=no-verify&uselibpqcompat=true")).toBe("postgres://db/t?sslmode=require");
  expect(address("postgres://db/t?sslmode=verify-full")).toBe("postgres://db/t?sslmode=verify-full&sslrootcert=system");
  expect(address("postgres://db/t?sslmode=verify-full&sslrootcert=/etc/my ca.pem")).toBe(
    "postgres://db/t?sslmode=verify-full&sslrootcert=%2Fetc%2Fmy%20ca.pem",
  );
});

test("a socket's folder and several hosts are kept, and of several the primary is meant", () => {
  expect(address("postgres://ada@/t?host=/cloudsql/p:r:i")).toBe("postgres://ada@/t?host=%2Fcloudsql%2Fp%3Ar%3Ai");
  expect(address("postgres://ada:x@a:5432,b:5433/t")).toBe(
    "postgres://ada@a:5432,b:5433/t?target_session_attrs=read-write",
  );
});
