import { describe, expect, test } from "vitest";
import { everywhere, publicOnly } from "#domain/egress.ts";
import { createCheckDestination, ForbiddenDestination, isPrivateAddress, openEgress } from "./egress.ts";

describe("isPrivateAddress", () => {
  test.each([
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:a9fe:a9fe",
    "::ffff:8.8.8.8",
    "::7f00:1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1",
    "fe80::1%eth0",
    "2002:7f00:1::",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "ff02::1",
    "no-address",
  ])("%s is private", (address) => expect(isPrivateAddress(address)).toBe(true));

  test.each(["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111", "2a00:1450:4001::5e"])(
    "%s is public",
    (address) => expect(isPrivateAddress(address)).toBe(false),
  );
});

describe("a host that is written as an address", () => {
  // A URL's host is normalised before it gets here: these are the ways to write loopback that URL knows.
  test.each([
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://[::ffff:127.0.0.1]/",
    "http://127.1/",
  ])("%s is loopback, however it is written", (url) => {
    const { hostname } = new URL(url);
    expect(() => openEgress(everywhere, false).refuseLiteral(hostname)).toThrow(ForbiddenDestination);
    expect(() => openEgress(publicOnly).refuseLiteral(hostname)).toThrow("TIDEMARK_EGRESS");
    expect(() => openEgress(everywhere).refuseLiteral(hostname)).not.toThrow();
  });

  test("a name is left to the lookup", () => {
    expect(() => openEgress(publicOnly).refuseLiteral("hooks.example.com")).not.toThrow();
  });
});

describe("what the operator lists", () => {
  const rules = { open: [], hosts: ["smtp.internal", "*.corp.example.com"], networks: ["10.2.0.0/16", "fd00:1::/32"] };
  const listed = createCheckDestination(rules);
  test.each([
    ["10.2.255.1", null],
    ["[fd00:1::5]", null],
    ["10.3.0.1", "10.3.0.1 is a private address, and TIDEMARK_EGRESS does not list it."],
    ["::ffff:10.2.0.1", null],
    ["8.8.8.8", "TIDEMARK_EGRESS does not list 8.8.8.8."],
  ])("%s", async (host, why) => {
    const found = await listed({ host, isMeantPrivate: true });
    expect(found).toEqual(why === null ? null : expect.stringContaining(why));
  });

  test("a name is taken by its name, by its addresses, or not", async () => {
    const named = createCheckDestination({ open: [], hosts: ["localhost"], networks: [] });
    expect(await named({ host: "LOCALHOST.", isMeantPrivate: true })).toBeNull();
    const byNetwork = createCheckDestination({ open: ["public"], hosts: [], networks: ["127.0.0.0/8", "::1/128"] });
    expect(await byNetwork({ host: "localhost", isMeantPrivate: true })).toBeNull();
    expect(await byNetwork({ host: "localhost", isMeantPrivate: false })).toContain("allowPrivate");
    const closed = createCheckDestination(publicOnly);
    expect(await closed({ host: "localhost", isMeantPrivate: true })).toMatch(/^localhost \((127\.0\.0\.1|::1)\) is a/);
    expect(await closed({ host: "corp.example.com.invalid", isMeantPrivate: true })).toBeNull();
    expect(await listed({ host: "hooks.invalid", isMeantPrivate: true })).toContain("does not list hooks.invalid");
    expect(await listed({ host: "a.corp.example.com", isMeantPrivate: true })).toBeNull();
  });
});
