import { gzipSync } from "node:zlib";
import type { Chance } from "./chance.ts";
import { hostileText, toText } from "./hostile-values.ts";
import { inflated, type Json, mutated, validEvent } from "./make-events.ts";

export interface FuzzRequest {
  method: "POST" | "PUT" | "DELETE";
  path: string;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer>;
  /** The number of generated inputs in it. */
  inputs: number;
}

const path = "/api/v1/events";

/** One ingest request: in one of the three modes, valid, or spoiled in content or encoding. */
export function makeRequest(chance: Chance, now: Date): FuzzRequest {
  return chance.weighed<(chance: Chance, now: Date) => FuzzRequest>([
    [35, structured],
    [45, batch],
    [20, binary],
  ])(chance, now);
}

function someEvent(chance: Chance, now: Date): Json {
  const event = validEvent(chance, now);
  return chance.weighed<(event: Json) => Json>([
    [45, (each) => each],
    [50, (each) => mutated(chance, each)],
    [5, (each) => inflated(chance, each)],
  ])(event);
}

function structured(chance: Chance, now: Date): FuzzRequest {
  const text = spoiledText(chance, toText(someEvent(chance, now)));
  return request(chance, text, "application/cloudevents+json", 1);
}

function batch(chance: Chance, now: Date): FuzzRequest {
  const isDecent = chance.is(0.5);
  const events = Array.from({ length: 1 + chance.int(20) }, () => (isDecent ? validEvent : someEvent)(chance, now));
  const text = isDecent ? JSON.stringify(events) : spoiledText(chance, toText(events));
  return request(chance, text, "application/cloudevents-batch+json", events.length);
}

/** A header holds bytes: text beyond ASCII is percent-encoded, sometimes incorrectly. */
function binary(chance: Chance, now: Date): FuzzRequest {
  const { data, ...attributes } = someEvent(chance, now);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "datacontenttype" || typeof value === "object" || !/^[a-z]+$/.test(name)) continue;
    const text = chance.is(0.03) ? hostileText(chance) : String(value);
    const encoded = encodeAttribute(chance, text);
    if (encoded.trim() === "") continue;
    headers[`ce-${name}`] = encoded;
  }
  const text = spoiledText(chance, toText(data ?? null));
  const made = request(chance, text, "application/json", 1);
  // CloudEvents' Python SDK sends no content type.
  if (chance.is(0.1)) delete made.headers["content-type"];
  return { ...made, headers: { ...made.headers, ...headers } };
}

function encodeAttribute(chance: Chance, text: string): string {
  const encoded = text.toWellFormed().replace(/[^\x21-\x7e]|[%"]/gu, (character) => encodeURIComponent(character));
  if (!chance.is(0.03)) return encoded;
  return chance.of([
    `${encoded}%C3`,
    `${encoded}%FF%FE`,
    encoded.toLowerCase(),
    `%41${encoded}`,
    `${encoded}%`,
    `${encoded}\u00ff`,
  ]);
}

function spoiledText(chance: Chance, text: string): string {
  if (!chance.is(0.04)) return text;
  const at = chance.int(text.length + 1);
  return chance.of([
    text.slice(0, at),
    `${text.slice(0, at)}\u0000${text.slice(at)}`,
    `\ufeff${text}`,
    `${text}${text}`,
    `${text}]`,
    ` \n${text}\t`,
    `${text.slice(0, at)}${"[".repeat(20_000)}`,
    text.replace(/"data"/, '"data":{},"data"'),
    text.replaceAll('"', "'"),
    "",
    "null",
    "[]",
    "{}",
    `{"__proto__":${text}}`,
    text.replace("{", '{"data_base64":"e30=",'),
  ]);
}

function request(chance: Chance, text: string, contentType: string, inputs: number): FuzzRequest {
  let body: Uint8Array = Buffer.from(text);
  const headers: Record<string, string> = { "content-type": contentType };
  if (chance.is(0.1)) {
    headers["content-type"] =
      contentType +
      chance.of(["; charset=utf-8", "; charset=UTF-8", ';charset="utf-8"', "; charset=latin1", ";;", "; x=é"]);
  }
  if (chance.is(0.02))
    headers["content-type"] = chance.of(["text/plain", "application/cloudevents", "*/*", "application/xml", "a"]);
  if (chance.is(0.15)) {
    body = gzipSync(body, { level: 1 });
    headers["content-encoding"] = chance.is(0.95) ? "gzip" : chance.of(["br", "x-gzip", "gzip, gzip", "identity"]);
  } else if (chance.is(0.01)) headers["content-encoding"] = chance.of(["gzip", "deflate", "identity"]);
  if (chance.is(0.02) && body.length > 0) body = flipped(chance, body);
  const query = chance.is(0.4) ? "?partial=true" : chance.is(0.01) ? "?partial=yes&x=1" : "";
  return { method: "POST", path: path + query, headers, body: new Uint8Array(body), inputs };
}

function flipped(chance: Chance, body: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(body);
  copy[chance.int(copy.length)] = chance.int(256);
  return copy;
}
