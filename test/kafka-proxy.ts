import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";

export interface KafkaProxyOptions {
  tls?: TlsOptions;
  /** The only user. librdkafka's mock cluster knows no SASL: the proxy speaks the brokers' side of it. */
  sasl?: { mechanism: "PLAIN" | "SCRAM-SHA-256"; username: string; password: string };
}

export interface KafkaProxy {
  broker: string;
  /** Ends all connections, as a broker that restarts does. */
  cut(): void;
  stop(): Promise<void>;
}

const apiVersions = 18;
const metadata = 3;
const findCoordinator = 10;
const saslHandshake = 17;
const saslAuthenticate = 36;

/**
 * In front of a broker: passes frames on, with its own port in place of the broker's in what brokers say of themselves. librdkafka
 * 2.0's mock cluster writes eight bytes for the leader epoch in ListOffsets from version 4 on: it is announced up to version 3.
 */
export async function startKafkaProxy(target: string, { tls, sasl }: KafkaProxyOptions = {}): Promise<KafkaProxy> {
  const [host = "", port = ""] = target.split(":");
  const sockets = new Set<Socket>();
  const onClient = (client: Socket) => {
    const upstream = connect(Number(port), host);
    const asked = new Map<number, { api: number; version: number }>();
    const login = sasl && makeLogin(sasl);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.once("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    onFrames(client, (frame) => {
      const api = frame.readInt16BE(0);
      const correlation = frame.readInt32BE(4);
      const answer = login?.(api, frame);
      if (answer === "refused") return client.destroy();
      if (answer) return client.write(framed(Buffer.concat([int32(correlation), answer])));
      asked.set(correlation, { api, version: frame.readInt16BE(2) });
      upstream.write(framed(frame));
    });
    onFrames(upstream, (frame) => {
      const correlation = frame.readInt32BE(0);
      const { api, version } = asked.get(correlation) ?? { api: -1, version: 0 };
      asked.delete(correlation);
      if (api === apiVersions && version < 3) limitListOffsets(frame);
      if (api === metadata || api === findCoordinator) replacePort(frame, host, Number(port), own());
      client.write(framed(frame));
    });
  };
  const server = tls ? createTlsServer(tls, onClient) : createServer(onClient);
  const own = () => (server.address() as AddressInfo).port;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    broker: `127.0.0.1:${own()}`,
    cut,
    stop: async () => {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}

function onFrames(socket: Socket, onFrame: (frame: Buffer) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readInt32BE(0)) {
      const end = 4 + rest.readInt32BE(0);
      onFrame(Buffer.from(rest.subarray(4, end)));
      rest = rest.subarray(end);
    }
  });
}

function framed(frame: Buffer): Buffer {
  return Buffer.concat([int32(frame.length), frame]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

/** Correlation id, error code, count, then (key, min, max). */
function limitListOffsets(frame: Buffer): void {
  const count = frame.readInt32BE(6);
  for (let index = 0; index < count; index += 1) {
    const at = 10 + index * 6;
    if (frame.readInt16BE(at) === 2) frame.writeInt16BE(Math.min(3, frame.readInt16BE(at + 4)), at + 4);
  }
}

function replacePort(frame: Buffer, host: string, from: number, to: number): void {
  const said = Buffer.concat([Buffer.from([0, host.length]), Buffer.from(host), int32(from)]);
  for (let at = frame.indexOf(said); at >= 0; at = frame.indexOf(said, at + 1)) {
    frame.writeInt32BE(to, at + said.length - 4);
  }
}

type Login = (api: number, frame: Buffer) => Buffer | "refused" | null;

/** Until the user is known, a broker answers the handshake and the authentication, and closes for anything else. */
function makeLogin(user: NonNullable<KafkaProxyOptions["sasl"]>): Login {
  let isKnown = false;
  const steps = user.mechanism === "PLAIN" ? plain(user) : scram(user);
  return (api, frame) => {
    if (isKnown || api === apiVersions) return null;
    if (api === saslHandshake) {
      const name = Buffer.from(user.mechanism);
      return Buffer.concat([Buffer.from([0, 0]), int32(1), Buffer.from([0, name.length]), name]);
    }
    if (api !== saslAuthenticate) return "refused";
    const isFlexible = frame.readInt16BE(2) >= 2;
    const { answer, isDone } = steps(authBytes(frame, isFlexible));
    if (isDone) isKnown = answer !== null;
    return authAnswer(answer, isFlexible);
  };
}

function authBytes(frame: Buffer, isFlexible: boolean): string {
  const afterClientId = 10 + Math.max(0, frame.readInt16BE(8)) + (isFlexible ? 1 : 0);
  if (!isFlexible)
    return frame.subarray(afterClientId + 4, afterClientId + 4 + frame.readInt32BE(afterClientId)).toString();
  // An unsigned varint of length + 1, of one or two bytes here.
  const first = frame.readUInt8(afterClientId);
  const isLong = first > 127;
  const length = (isLong ? (first & 127) + frame.readUInt8(afterClientId + 1) * 128 : first) - 1;
  const start = afterClientId + (isLong ? 2 : 1);
  return frame.subarray(start, start + length).toString();
}

function authAnswer(answer: string | null, isFlexible: boolean): Buffer {
  const code = Buffer.from(answer === null ? [0, 58] : [0, 0]);
  const bytes = Buffer.from(answer ?? "");
  const lifetime = Buffer.alloc(8);
  if (!isFlexible) return Buffer.concat([code, Buffer.from([255, 255]), int32(bytes.length), bytes, lifetime]);
  const length = bytes.length + 1;
  const varint = length > 127 ? [(length & 127) | 128, length >> 7] : [length];
  return Buffer.concat([
    Buffer.from([0]),
    code,
    Buffer.from([0]),
    Buffer.from(varint),
    bytes,
    lifetime,
    Buffer.from([0]),
  ]);
}

type Steps = (said: string) => { answer: string | null; isDone: boolean };

function plain({ username, password }: { username: string; password: string }): Steps {
  return (said) => ({ answer: said === `\0${username}\0${password}` ? "" : null, isDone: true });
}

/** RFC 5802, the server's side. */
function scram({ username, password }: { username: string; password: string }): Steps {
  const salt = randomBytes(16);
  const iterations = 4096;
  const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
  const hmac = (key: Buffer, text: string) => createHmac("sha256", key).update(text).digest();
  let clientFirst = "";
  let serverFirst = "";
  return (said) => {
    if (clientFirst === "") {
      clientFirst = said.replace(/^n,,/, "");
      const nonce = `${/r=([^,]+)/.exec(clientFirst)?.[1]}${randomBytes(12).toString("base64")}`;
      serverFirst = `r=${nonce},s=${salt.toString("base64")},i=${iterations}`;
      return { answer: serverFirst, isDone: false };
    }
    const proof = Buffer.from(/p=(.+)$/.exec(said)?.[1] ?? "", "base64");
    const authMessage = `${clientFirst},${serverFirst},${said.replace(/,p=.+$/, "")}`;
    const storedKey = createHash("sha256").update(hmac(salted, "Client Key")).digest();
    const signature = hmac(storedKey, authMessage);
    const clientKey = Buffer.from(signature.map((byte, index) => byte ^ (proof[index] ?? 0)));
    const isRight =
      clientFirst.startsWith(`n=${username},`) &&
      timingSafeEqual(createHash("sha256").update(clientKey).digest(), storedKey);
    const answer = isRight ? `v=${hmac(hmac(salted, "Server Key"), authMessage).toString("base64")}` : null;
    return { answer, isDone: true };
  };
}
