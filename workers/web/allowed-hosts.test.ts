import { describe, expect, it } from "vitest";
import { createHostCheck } from "./allowed-hosts.ts";

const settings = { listens: "127.0.0.1", publicUrl: null, allowed: [] };
const interfaces = () => ["10.1.2.3", "fd00::7"];

describe("the Host header", () => {
  it.each(["localhost:3000", "LOCALHOST", "a.localhost", "127.0.0.1:3000", "127.8.0.1", "[::1]:3000", "localhost."])(
    "%s is loopback, and passes",
    (header) => {
      expect(createHostCheck(settings)(header)).toBe(true);
    },
  );

  it.each(["rebound.example", "127.0.0.1.example", "localhost.example", "127.0.0.1@evil", "a b", "10.1.2.3", "[::2]"])(
    "%s does not",
    (header) => {
      expect(createHostCheck(settings, interfaces)(header)).toBe(false);
    },
  );

  it("may be left out, as HTTP/1.0 clients do; a browser always sends it", () => {
    expect(createHostCheck(settings)(undefined)).toBe(true);
  });

  it("may be the public URL's host, on any port", () => {
    const check = createHostCheck({ ...settings, publicUrl: "https://Tidemark.example.com/board" });
    expect([check("tidemark.example.com"), check("tidemark.example.com:8443"), check("example.com")]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("may be what the process listens on; with a wildcard any of the machine's addresses", () => {
    expect(createHostCheck({ ...settings, listens: "10.9.9.9" }, interfaces)("10.9.9.9:3000")).toBe(true);
    for (const listens of ["0.0.0.0", "::"]) {
      const check = createHostCheck({ ...settings, listens }, interfaces);
      expect([check("10.1.2.3:3000"), check("[fd00::7]:3000"), check("10.1.2.4")]).toEqual([true, true, false]);
    }
  });

  it("may be an allowed name, a name below an allowed one, or anything if that is allowed", () => {
    const check = createHostCheck({ ...settings, allowed: ["Tidemark", "*.svc.cluster.local"] });
    const names = ["tidemark:3000", "tidemark.data.svc.cluster.local", "svc.cluster.local", "other"];
    expect(names.map(check)).toEqual([true, true, false, false]);
    expect(createHostCheck({ ...settings, allowed: ["*"] })("other")).toBe(true);
  });
});
