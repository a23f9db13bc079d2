import type { Message } from "#domain/protocol.ts";
import type { TestApi } from "../test-api.ts";

/** What a token may ingest; an empty list is no limit. */
export interface TokenLimits {
  token: string;
  datacenters: readonly string[];
  eventTypes: readonly string[];
}

const limits = [
  { datacenters: ["a"], eventTypes: [] },
  { datacenters: [], eventTypes: ["A*", "Gamma ?/*"] },
  { datacenters: ["?"], eventTypes: ["*a"] },
  { datacenters: ["ö", "b"], eventTypes: ["Caf?", "Beta"] },
];

export async function createLimitedTokens(api: TestApi): Promise<TokenLimits[]> {
  return Promise.all(
    limits.map(async (each, index) => {
      const answer = await api.call("POST", "/api/v1/tokens", {
        body: { name: `fuzz ${index}`, scopes: ["ingest"], ...each },
      });
      const { token } = (await answer.json()) as { token: string };
      return { token, ...each };
    }),
  );
}

/** Whether the token may send it. */
export function isWithinLimits({ datacenters, eventTypes }: TokenLimits, message: Message): boolean {
  const isNamed = (name: string, patterns: readonly string[]) =>
    patterns.length === 0 || patterns.some((pattern) => expressionOf(pattern).test(name));
  const isInside = message.dc === null ? datacenters.length === 0 : isNamed(message.dc, datacenters);
  return isInside && typesOf(message).every((name) => isNamed(name, eventTypes));
}

function expressionOf(pattern: string): RegExp {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\/]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "su");
}

function typesOf(message: Message): string[] {
  if (message.kind === "backlog") return [message.eventType];
  if (message.kind === "counters") return message.reports.map(({ eventType }) => eventType);
  return message.kind === "watermark" || message.kind === "hour-closed"
    ? message.marks.map((mark) => mark.eventType)
    : [];
}
