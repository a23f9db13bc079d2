import { expect, test } from "vitest";
import { postgresHosts } from "./postgres-hosts.ts";

test.each([
  ["postgres://u:p@a:5432/db", ["postgres://u:p@a:5432/db"]],
  ["postgresql:///db?host=/run", ["postgresql:///db?host=/run"]],
  [
    "postgres://u:p%2C@a:5432,b/db?target_session_attrs=read-write",
    [
      "postgres://u:p%2C@a:5432/db?target_session_attrs=read-write",
      "postgres://u:p%2C@b/db?target_session_attrs=read-write",
    ],
  ],
  ["postgres://[::1]:5432,10.0.0.2:5433/db", ["postgres://[::1]:5432/db", "postgres://10.0.0.2:5433/db"]],
  ["postgres://a,b/db?target_session_attrs=standby", null],
  ["postgres://a,,b/db", null],
  ["postgres://a:port/db", null],
  ["mysql://a/db", null],
  ["", null],
])("%s has its hosts", (url, hosts) => {
  expect(postgresHosts(url)).toEqual(hosts);
});
