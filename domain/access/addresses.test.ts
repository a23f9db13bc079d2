import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hideAddresses, hideContact, hideTargets, seesContacts, seesTargets, showContacts } from "./addresses.ts";

const reader = (scopes: string[], teams?: string[]) => ({ scopes: new Set(scopes), ...(teams ? { teams } : {}) });

describe("who sees addresses", () => {
  test.each([
    ["a viewer", reader(["read"]), false, false],
    ["a responder", reader(["read", "respond"], []), false, true],
    ["an editor of the team", reader(["read", "respond", "write"], ["ads"]), true, true],
    ["an editor of another team", reader(["read", "respond", "write"], ["payments"]), false, true],
    ["a token that writes", reader(["write"]), true, true],
    ["an administrator", reader(["admin"]), true, true],
  ])("%s", (_, who, targets, contacts) => {
    expect([seesTargets(who, "ads"), seesContacts(who)]).toEqual([targets, contacts]);
  });

  test("targets of what no team owns are every editor's", () => {
    expect(seesTargets(reader(["write"], []), null)).toBe(true);
    expect(seesTargets(reader(["read", "respond"], ["ads"]), null)).toBe(false);
  });
});

describe("what is left of an address", () => {
  test.each([
    ["ada.lind+pager@example.com", "…@example.com"],
    ["Ada Lind <ada@example.com>, bo@example.com", "Ada Lind <…@example.com>, …@example.com"],
    ["mailto:ada@example.com", "mailto:…@example.com"],
    ["https://hooks.example.com/services/T0/B0/secret", "https://hooks.example.com/…"],
    ["https://example.com:8443?token=secret", "https://example.com:8443/…"],
    ["https://user:pass@example.com/x", "https://example.com/…"],
    ["https://events.pagerduty.com", "https://events.pagerduty.com"],
    ["https://example.com/", "https://example.com/"],
    ["#royalties", "#royalties"],
    ["Ada Lind", "Ada Lind"],
    ["550 5.1.1 <ada@example.com>: no such user", "550 5.1.1 <…@example.com>: no such user"],
  ])("%s → %s", (text, hidden) => expect(hideAddresses(text)).toBe(hidden));

  test.each([
    ["+46 70 123 45 67", "…"],
    ["call (555) 123-4567 at night", "call … at night"],
    ["tel:0701234567, ada@example.com", "…, …@example.com"],
    ["team 42, room 1.204", "team 42, room 1.204"],
  ])("of the contact %s, %s", (text, hidden) => expect(hideContact(text)).toBe(hidden));

  test("hiding twice is hiding once, and no local part of an address stays", () => {
    fc.assert(
      fc.property(fc.emailAddress(), fc.webUrl({ withQueryParameters: true }), (mail, url) => {
        for (const text of [mail, url, `${mail} or ${url}`]) {
          const hidden = hideContact(text);
          expect(hideContact(hidden)).toBe(hidden);
        }
        const rest = url.replace(/^https?:\/\/[^/?#]+/, "");
        if (rest.length > 1) expect(hideAddresses(url).endsWith("/…")).toBe(true);
      }),
    );
  });
});

test("a specification keeps its form", () => {
  const spec = {
    type: "email",
    to: ["ada@example.com", "bo@example.com"],
    smtp: { host: "mail.example.com", port: 587, user: "robot", password: { env: "TIDEMARK_SECRET_SMTP" } },
    enabled: true,
  };
  expect(hideTargets(spec)).toEqual({
    ...spec,
    to: ["…@example.com", "…@example.com"],
    smtp: { ...spec.smtp, user: "…" },
  });
});

test("contacts are found at any depth, and nothing else is touched", () => {
  const at = new Date();
  const value = {
    url: "https://a.example/x",
    at,
    impact: { consumers: [{ name: "a@b", contact: "ada@example.com" }] },
  };
  expect(showContacts(reader(["respond"]), value)).toBe(value);
  expect(showContacts(reader(["read"]), value)).toEqual({
    ...value,
    impact: { consumers: [{ name: "a@b", contact: "…@example.com" }] },
  });
});
