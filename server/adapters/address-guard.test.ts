import { describe, expect, test } from "vitest";
import { isPrivateAddress, PrivateAddress, refusePrivateLiteral } from "./address-guard.ts";

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
  ])("%s is refused", (address) => expect(isPrivateAddress(address)).toBe(true));

  test.each(["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111", "2a00:1450:4001::5e"])(
    "a signature with %s is rejected",
    (address) => expect(isPrivateAddress(address)).toBe(false),
  );
});

describe("refusePrivateLiteral", () => {
  // A URL's host is normalised before it gets here: these are the ways to write loopback that URL knows.
  test.each([
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://[::ffff:127.0.0.1]/",
    "http://127.1/",
  ])("%s is loopback, however it is written", (url) =>
    expect(() => refusePrivateLiteral(new URL(url).hostname)).toThrow(PrivateAddress),
  );

  test("a name is left to the lookup", () => {
    expect(() => refusePrivateLiteral("hooks.example.com")).not.toThrow();
  });
});
