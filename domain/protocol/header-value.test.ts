import { expect, test } from "vitest";
import { decodeHeaderValue } from "./header-value.ts";

test.each([
  ["plain", "plain"],
  ["Euro%20%E2%82%AC%20%F0%9F%98%80", "Euro € 😀"],
  ["100%25", "100%"],
  // One round only.
  ["%2525", "%25"],
  ["%41%62", "Ab"],
  // What older senders wrote, before spaces and quotes had to be encoded.
  ['"a b"', "a b"],
  ['"say \\"yes\\" \\\\ %E2%82%AC"', 'say "yes" \\ €'],
  // Bytes that were not encoded at all, as HTTP hands them over.
  ["\u00e2\u0082\u00ac", "€"],
  ["", ""],
])("%s is read as %s", (header, expected) => expect(decodeHeaderValue(header)).toBe(expected));

test.each([
  "100%",
  "%2",
  "%zz",
  // No UTF-8: half a character, an overlong space, half a surrogate pair, one byte of another character set.
  "%E2%82",
  "%C0%A0",
  "%ED%A0%80",
  "\u00e9",
])("%s is bad input", (header) => expect(decodeHeaderValue(header)).toBeNull());
