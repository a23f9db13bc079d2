import { createTransport } from "nodemailer";
import type { Notification, SendOutcome } from "#domain/notification.ts";
import { emailMessage } from "./email-message.ts";

export interface EmailTarget {
  to: string[];
  from: string;
  smtp: { host: string; port?: number | undefined; user?: string | undefined; tls: "starttls" | "implicit" | "none" };
  password: string | null;
  publicUrl: string;
  timeoutMs?: number;
}

const defaultTimeoutMs = 15_000;
const ports = { starttls: 587, implicit: 465, none: 25 };

/** One message by SMTP. 4yz and missing replies are retried, 5yz are not (RFC 5321, 4.2.1). */
export async function sendEmail(target: EmailTarget, notification: Notification): Promise<SendOutcome> {
  const { smtp, password } = target;
  const timeoutMs = target.timeoutMs ?? defaultTimeoutMs;
  const transport = createTransport({
    host: smtp.host,
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
    return { outcome: "sent", detail: `${sent.response}${note}`, receipt: { messageId: message.messageId } };
  } catch (error) {
    return outcomeOf(error as Error & { responseCode?: number; code?: string }, smtp.host);
  } finally {
    transport.close();
  }
}

function outcomeOf(error: Error & { responseCode?: number; code?: string }, host: string): SendOutcome {
  const status = error.responseCode;
  const detail = `${host}: ${error.message}`;
  if (status !== undefined) return { outcome: status >= 500 ? "permanent" : "retryable", status, detail };
  // No reply code: missing credentials, an invalid address, TLS that the server lacks.
  const lasting = error.code === "EENVELOPE" || error.code === "EAUTH" || error.code === "ETLS";
  return { outcome: lasting ? "permanent" : "retryable", detail };
}
