import ipaddr from "ipaddr.js";
import { z } from "zod";
import { parseDuration } from "#domain/duration.ts";
import type { EgressRules } from "#domain/egress.ts";
import { postgresHosts } from "#domain/postgres-hosts.ts";

/** Parses text with `read`; undefined means refused. */
export function readAs<Value>(read: (text: string) => Value | undefined) {
  return z.string().transform((text, context) => {
    const value = read(text);
    if (value !== undefined) return value;
    context.addIssue({ code: "custom", message: "not understood" });
    return z.NEVER;
  });
}

/** The same, null if unset. */
export const optional = <Value>(read: (text: string) => Value | undefined) => readAs(read).nullable().default(null);

export const seconds = (text: string) => parseDuration(text) ?? undefined;

const longestDrainSeconds = 300;

/** A process that is to end holds up its replacement so long at the most. */
export function readDrain(text: string): number | undefined {
  const drain = seconds(text);
  return drain !== undefined && drain <= longestDrainSeconds ? drain : undefined;
}

export const matching = (pattern: RegExp) => (text: string) => (pattern.test(text) ? text : undefined);

/** A whole number in the range, bounds included. */
export const count = (least: number, most: number) => (text: string) => {
  const number = Number(text);
  return /^\d+$/.test(text) && number >= least && number <= most ? number : undefined;
};

/** Bytes from `64MiB`, `1GiB`. */
export function readSize(text: string): number | undefined {
  const match = /^(\d{1,6})(KiB|MiB|GiB)$/.exec(text);
  const unit = { KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 }[match?.[2] ?? ""];
  return unit === undefined ? undefined : Number(match?.[1]) * unit || undefined;
}

export function readPostgresUrl(text: string): string | undefined {
  return postgresHosts(text) === null ? undefined : text;
}

/** Of several hosts the one that takes writes is used, which a replica is not. */
export function readReplicaUrl(text: string): string | undefined {
  return postgresHosts(text)?.length === 1 ? text : undefined;
}

export function readHttpUrl(text: string): string | undefined {
  return /^https?:$/.test(protocolOf(text)) ? text.replace(/\/+$/, "") : undefined;
}

/** As it is written: a receiver may distinguish `/audit` from `/audit/`. */
export function readWebhookUrl(text: string): string | undefined {
  if (!/^https?:$/.test(protocolOf(text))) return undefined;
  const { username, password, hash } = new URL(text);
  return username === "" && password === "" && hash === "" ? text : undefined;
}

export function readWebhookSecret(text: string): string | undefined {
  const base64 = /^whsec_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/.exec(text)?.[1];
  const bytes = Buffer.from(base64 ?? "", "base64").length;
  return bytes >= 24 && bytes <= 64 ? text : undefined;
}

/** With a path that may stand before every other, or none. */
export function readPublicUrl(text: string): string | undefined {
  const url = readHttpUrl(text);
  if (url === undefined) return undefined;
  const { pathname, search, hash, username } = new URL(url);
  const isPlain = search === "" && hash === "" && username === "" && /^(\/[A-Za-z0-9_~-]+)*\/?$/.test(pathname);
  // The API and Next's files have these names below the path: a path that begins so could not be distinguished from them.
  return isPlain && !/^\/(api|_next)(\/|$)/.test(pathname) ? url : undefined;
}

/** `tidemark,*.example.com`, or `*`. */
export function readHosts(text: string): string[] | undefined {
  const names = readList(text);
  return names.every((name) => /^(\*|(\*\.)?[\w-]+(\.[\w-]+)*\.?|\[[\da-f:.]+\])$/i.test(name)) ? names : undefined;
}

/** `10.0.0.0/8,127.0.0.1`. */
export function readNetworks(text: string): string[] | undefined {
  const networks = readList(text);
  const isNetwork = (each: string) => (each.includes("/") ? ipaddr.isValidCIDR(each) : ipaddr.isValid(each));
  return networks.every(isNetwork) ? networks : undefined;
}

function readList(text: string): string[] {
  return text.split(",").map((each) => each.trim());
}

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : "";
}

/** `2001-02-01T00:00:00Z 720x`; the speed defaults to 1. */
export function readDrillClock(text: string): { startsAt: Date; speed: number } | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z)(?:\s+(\d+(?:\.\d+)?)x)?$/.exec(text);
  if (!match?.[1]) return undefined;
  const startsAt = new Date(match[1]);
  const speed = Number(match[2] ?? 1);
  // Date turns 30 February into March: if it does not round-trip, it is invalid.
  const isInstant = !Number.isNaN(startsAt.getTime()) && startsAt.toISOString().slice(0, 19) === match[1].slice(0, 19);
  return isInstant && speed > 0 && speed <= 100_000 ? { startsAt, speed } : undefined;
}

const hostName = /^(\*\.)?[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_][a-z0-9_-]{0,62})*$/;

/** `public,private,*.example.com,10.2.0.0/16`; undefined: one entry is none of these. */
export function readEgress(text: string): EgressRules | undefined {
  const rules = { open: [] as ("public" | "private")[], hosts: [] as string[], networks: [] as string[] };
  for (const entry of text.toLowerCase().split(",")) {
    const name = entry.trim();
    if (name === "public" || name === "private") rules.open.push(name);
    else if (ipaddr.isValidCIDR(name)) rules.networks.push(name);
    else if (ipaddr.IPv4.isValidFourPartDecimal(name)) rules.networks.push(`${name}/32`);
    else if (ipaddr.IPv6.isValid(name)) rules.networks.push(`${name}/128`);
    else if (hostName.test(name)) rules.hosts.push(name);
    else return undefined;
  }
  return rules;
}
