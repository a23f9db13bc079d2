import type { IncomingMessage } from "node:http";
import { expect, it } from "vitest";
import { createAddressReader } from "./client-address.ts";

const from = (remoteAddress: string, forwardedFor?: string) =>
  ({ socket: { remoteAddress }, headers: { "x-forwarded-for": forwardedFor } }) as unknown as IncomingMessage;

it("is the connection's, whatever the client claims", () => {
  const read = createAddressReader([]);
  expect(read(from("::ffff:192.0.2.7", "198.51.100.1"))).toBe("192.0.2.7");
  expect(read(from("127.0.0.1", "198.51.100.1"))).toBe("127.0.0.1");
});

it("is the nearest hop that is not a trusted proxy", () => {
  const read = createAddressReader(["10.0.0.0/8", "127.0.0.1"]);
  expect(read(from("10.0.0.2", "203.0.113.9, 198.51.100.1, 10.3.0.1"))).toBe("198.51.100.1");
  expect(read(from("127.0.0.1", "198.51.100.1"))).toBe("198.51.100.1");
  expect(read(from("10.0.0.2"))).toBe("10.0.0.2");
  expect(read(from("10.0.0.2", "made up, 10.0.0.3"))).toBe("10.0.0.3");
  expect(read(from("192.0.2.7", "198.51.100.1"))).toBe("192.0.2.7");
});

it("is the block of an IPv6 customer, who has more addresses than anyone could count", () => {
  const read = createAddressReader([]);
  const blocks = ["2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:3::1"].map((each) =>
    read(from(each)),
  );
  expect(blocks).toEqual(["2001:db8:1:2::/64", "2001:db8:1:2::/64", "2001:db8:1:3::/64"]);
});
