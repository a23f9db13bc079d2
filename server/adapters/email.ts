import { isIP } from "node:net";
import { createTransport } from "nodemailer";
import type { Notification, SendOutcome } from "#domain/notification.ts";
import { type Egress, ForbiddenDestination } from "./egress.ts";
import { emailMessage } from "./email-message.ts";

export interface EmailTarget {
  to: string[];
  from: string;
  smtp: { host: string; port?: number | undefined; user?: string | undefined; tls: "starttls" | "implicit" | "none" };
  password: string | null;
  egress: Egress;
  publicUrl: string;
  timeoutMs?: number;
}

const defaultTimeoutMs = 15_000;
const ports = { starttls: 587, implicit: 465, none: 25 };

/** One message by SMTP. 4yz and missing replies are retried, 5yz are not (RFC 5321, 4.2.1). */
export async function sendEmail(target: EmailTarget, notification: Notification): Promise<SendOutcome> {
  const { smtp, password } = target;
  const timeoutMs = target.timeoutMs ?? defaultTimeoutMs;
  const found = await findServer(target);
  if ("outcome" in found) return found;
  const transport = createTransport({
    host: found.address,
    // The certificate is the name's, not the address's.
    ...(isIP(smtp.host) === 0 && { servername: smtp.host, tls: { servername: smtp.host } }),
    port: smtp.port ?? ports[smtp.tls],
    secure: smtp.tls === "implicit",
    requireTLS: smtp.tls === "starttls",
    ignoreTLS: smtp.tls === "none",
    ...(smtp.user === undefined ? {} : { auth: { user: smtp.user, pass: password ?? "" } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  });
  try {
    const { headers, references, ...message } = emailMessage(notification, target.publicUrl);
    const sent = await transport.sendMail({
      from: target.from,
      to: target.to,
      ...message,
      ...(references !== null && { references, inReplyTo: references }),
      headers,
    });
    const refused = sent.rejected.map(String);
    const note = refused.length > 0 ? ` Refused for ${refused.join(", ")}.` : "";
    const receipt = { messageId: message.messageId };
    return { outcome: "sent", detail: `Accepted by ${smtp.host}.${note}`, response: sent.response, receipt };
  } catch (error) {
    return outcomeOf(error as Error & { responseCode?: number; code?: string }, smtp.host);
  } finally {
    transport.close();
  }
}

/** The address that was checked is the one that is used. */
async function findServer({ smtp, egress }: EmailTarget): Promise<{ address: string } | SendOutcome> {
  try {
    egress.refuseLiteral(smtp.host);
    return { address: isIP(smtp.host) === 0 ? await lookUp(smtp.host, egress) : smtp.host };
  } catch (error) {
    if (error instanceof ForbiddenDestination) return { outcome: "permanent", detail: error.message };
    return { outcome: "retryable", detail: `${smtp.host} is unreachable: ${(error as Error).message}.` };
  }
}

function lookUp(host: string, { lookup }: Egress): Promise<string> {
  return new Promise((resolve, reject) =>
    lookup(host, { all: false }, (error, address) => (error ? reject(error) : resolve(String(address)))),
  );
}

interface SmtpError extends Error {
  responseCode?: number;
  code?: string;
  response?: string;
}

function outcomeOf({ responseCode: status, code, message, response }: SmtpError, host: string): SendOutcome {
  if (status !== undefined) {
    const said = { status, detail: `${host} replied ${status}`, ...(response && { response }) };
    return { outcome: status >= 500 ? "permanent" : "retryable", ...said };
  }
  // No reply code: missing credentials, an invalid address, TLS that the server lacks.
  const lasting = code === "EENVELOPE" || code === "EAUTH" || code === "ETLS";
  // What is no SMTP server may say anything.
  const said = response
    ? { detail: `${host} did not reply as a mail server`, response }
    : { detail: `${host}: ${message}` };
  return { outcome: lasting ? "permanent" : "retryable", ...said };
}
