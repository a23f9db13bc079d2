import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export interface Mail {
  raw: string;
  /** Of the mail itself, unfolded. */
  header(name: string): string | undefined;
  /** A part of a multipart/alternative, decoded. */
  part(type: "text/plain" | "text/html"): string;
}

export interface SmtpReceiver {
  port: number;
  readonly mails: Mail[];
  /** The answer to the next mails: a refusal code, or null. Called before the answer. */
  onMail(answer: (mail: Mail) => number | null | Promise<number | null>): void;
  stop(): Promise<void>;
}

/** A real SMTP server on loopback, controlled by the test. Refused mails are recorded too. */
export async function startSmtpReceiver(): Promise<SmtpReceiver> {
  const mails: Mail[] = [];
  let answer: (mail: Mail) => number | null | Promise<number | null> = () => null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", async () => {
        const mail = toMail(Buffer.concat(chunks).toString("utf8"));
        mails.push(mail);
        const code = await answer(mail);
        done(code === null ? null : Object.assign(new Error("planted"), { responseCode: code }));
      });
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    onMail: (next) => {
      answer = next;
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

function toMail(raw: string): Mail {
  const header = (name: string, of = raw) => {
    const head = (of.split("\r\n\r\n")[0] ?? "").replaceAll(/\r\n[ \t]+/g, " ");
    const value = new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1]?.trim();
    return value && decodeWords(value);
  };
  return {
    raw,
    header,
    part(type) {
      const boundary = /boundary="([^"]+)"/.exec(raw)?.[1] ?? "";
      const part = raw.split(`--${boundary}`).find((each) => each.includes(`Content-Type: ${type}`)) ?? "";
      const body = part.slice(part.indexOf("\r\n\r\n") + 4);
      const encoding = header("Content-Transfer-Encoding", part.trimStart());
      const bytes = encoding === "base64" ? Buffer.from(body, "base64") : quotedPrintable(body);
      return bytes.toString("utf8").replaceAll("\r\n", "\n").trim();
    },
  };
}

function quotedPrintable(text: string): Buffer {
  const joined = text.replaceAll(/=\r?\n/g, "");
  return Buffer.from(
    joined.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    joined.includes("=") ? "latin1" : "utf8",
  );
}

/** RFC 2047. */
function decodeWords(value: string): string {
  return value
    .replaceAll(/\?= =\?/g, "?==?")
    .replaceAll(/=\?utf-8\?([QB])\?(.*?)\?=/gi, (_, how: string, text: string) =>
      (how.toUpperCase() === "B" ? Buffer.from(text, "base64") : quotedPrintable(text.replaceAll("_", " "))).toString(),
    );
}
