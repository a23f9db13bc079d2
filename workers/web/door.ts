import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { escapeHtml } from "#server/http/escape-html.ts";
import { type ProblemKind, problemKinds } from "#server/http/problem-kinds.ts";
import { addressHeader } from "#server/http/rate-limits.ts";
import { unlistedHostHeader } from "#server/http/readers.ts";
import { createHostCheck, type HostSettings } from "./allowed-hosts.ts";
import { createAddressReader } from "./client-address.ts";
import type { SlowRefusals } from "./slow-refusals.ts";

export interface DoorSettings extends HostSettings {
  readonly trustedProxies: readonly string[];
}

interface Refusal {
  kind: ProblemKind;
  detail: string;
  allow?: readonly string[];
}

const apiMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const pageMethods = ["GET", "HEAD"];
/** The identity provider sends what it has to say there. */
const backChannelPath = "/sign-in/oidc/back-channel-logout";
const probes = ["/healthz", "/readyz"];
const requestIdHeader = "x-request-id";
/** How long, and how much of, the rest of a body is dropped after its answer, so that the sender can read that. */
const lingerMs = 2_000;
const lingerBytes = 4 * 1024 ** 2;

/**
 * What every request passes before Next or the API sees it: its target must be readable, its method one that the path may take, its host
 * one of ours. Answers what does not pass, and returns whether it did.
 */
export function createDoor(
  settings: DoorSettings,
  slow: SlowRefusals,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const isOwnHost = createHostCheck(settings);
  const readAddress = createAddressReader(settings.trustedProxies);
  return (request, response) => {
    dropUnreadBody(request, response);
    response.setHeader(requestIdHeader, nameRequest(request));
    const { pathname, isReadable } = readTarget(request.url ?? "/");
    const isApi = pathname === "/api" || pathname.startsWith("/api/");
    const isOwn = isOwnHost(request.headers.host);
    const refusal =
      refuseTarget(isReadable) ??
      refuseMethod(request.method ?? "GET", pathname, methodsOf(pathname, isApi)) ??
      (isOwn || passesUnderAnyName(request, pathname) ? null : refuseHost(request.headers.host ?? ""));
    const address = readAddress(request);
    if (refusal) {
      void slow.hold(address, problemKinds[refusal.kind].status).then(() => answer(response, refusal, isApi));
      return true;
    }
    request.headers[addressHeader] = address;
    if (isOwn) delete request.headers[unlistedHostHeader];
    else request.headers[unlistedHostHeader] = "1";
    return false;
  };
}

/** The caller's id if it has a usable one, as the API reads it too, so that its log and ours name the same request. */
function nameRequest({ headers }: IncomingMessage): string {
  const given = headers[requestIdHeader];
  const id = typeof given === "string" && /^[\w=-]{1,255}$/.test(given) ? given : randomUUID();
  headers[requestIdHeader] = id;
  return id;
}

function methodsOf(pathname: string, isApi: boolean): readonly string[] {
  if (pathname === backChannelPath) return ["POST"];
  return isApi ? apiMethods : pageMethods;
}

/** `isReadable` is false for an invalid percent-encoding, for one of bytes that are not UTF-8, and for U+0000, which no stored text has. */
function readTarget(target: string): { pathname: string; isReadable: boolean } {
  const [path = ""] = target.split("?");
  try {
    const text = decodeURIComponent(target);
    return { pathname: decodeURIComponent(path), isReadable: !text.includes("\0") };
  } catch {
    return { pathname: path, isReadable: false };
  }
}

/** Probes know a machine by its address alone. And a page that was rebound has no token, with which it would need no rebinding. */
function passesUnderAnyName({ headers }: IncomingMessage, pathname: string): boolean {
  const takesTokens = pathname.startsWith("/api/v1/") || pathname === "/metrics";
  return probes.includes(pathname) || (takesTokens && headers.authorization !== undefined);
}

function refuseTarget(isReadable: boolean): Refusal | null {
  if (isReadable) return null;
  return {
    kind: "invalid",
    detail: "The URL has an invalid percent-encoding. Write % as %25, and other text in UTF-8 without %00.",
  };
}

function refuseMethod(method: string, pathname: string, allow: readonly string[]): Refusal | null {
  if (allow.includes(method)) return null;
  return {
    kind: "method-not-allowed",
    detail: `${pathname} does not take ${method}. It takes ${allow.join(", ")}.`,
    allow,
  };
}

function refuseHost(host: string): Refusal {
  const detail = `"${host}" is not a name of this server. If it is, add it to TIDEMARK_ALLOWED_HOSTS, or set TIDEMARK_PUBLIC_URL.`;
  return { kind: "misdirected", detail };
}

function answer(response: ServerResponse, { kind, detail, allow }: Refusal, isApi: boolean): void {
  const { status, title } = problemKinds[kind];
  const requestId = response.getHeader(requestIdHeader);
  const problem = { type: `/api/docs#problem-${kind}`, title, status, detail, requestId };
  const body = isApi ? JSON.stringify(problem) : pageOf(`${status} ${title}`, detail);
  response.writeHead(status, {
    "content-type": isApi ? "application/problem+json" : "text/html; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    ...(allow ? { allow: allow.join(", ") } : {}),
  });
  response.end(body);
}

function pageOf(title: string, text: string): string {
  const [heading, sentence] = [title, text].map(escapeHtml);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${heading}</title><h1>${heading}</h1><p>${sentence}</p></html>`;
}

/** What was refused unread would keep its connection busy: it is dropped for a moment, then the connection is cut. */
function dropUnreadBody(request: IncomingMessage, response: ServerResponse): void {
  response.once("finish", () => {
    if (request.complete) return;
    let dropped = 0;
    request.removeAllListeners("data").removeAllListeners("readable");
    request.on("data", (chunk: Buffer) => {
      dropped += chunk.byteLength;
      // What is not read any more costs nothing, and the answer can still be read.
      if (dropped > lingerBytes) request.pause();
    });
    request.resume();
    const timer = setTimeout(() => request.socket.destroy(), lingerMs);
    request.once("close", () => clearTimeout(timer));
  });
}
