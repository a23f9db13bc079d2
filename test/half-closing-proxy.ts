import { once } from "node:events";
import { type ClientHttp2Stream, connect, constants, createServer, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";

export interface HalfClosingProxy {
  /** host:port, for PUBSUB_EMULATOR_HOST. */
  host: string;
  stop(): Promise<void>;
}

export interface HalfClosingProxyOptions {
  /** The gRPC status to answer a call with, instead of the emulator; undefined: the emulator answers. */
  refuse?(method: string): { code: number; message: string } | undefined;
}

/**
 * An HTTP/2 proxy that ends its stream to the emulator when a client's is cancelled or its process dies. Google's emulator
 * (0.8.20) only recognises an orderly end: it keeps delivering messages to a cancelled StreamingPull for ever, and with each
 * killed client a further share of every delivery waits out an unused lease. Google's service does not.
 */
export async function startHalfClosingProxy(
  target: string,
  { refuse = () => undefined }: HalfClosingProxyOptions = {},
): Promise<HalfClosingProxy> {
  const upstream = connect(`http://${target}`);
  upstream.on("error", () => undefined);
  const sessions = new Set<{ destroy(): void }>();
  const server = createServer().on("session", (session) => sessions.add(session));
  server.on("stream", (stream, headers) => {
    stream.on("error", () => undefined);
    const refusal = refuse(String(headers[":path"]).split("/").at(-1) ?? "");
    if (refusal) answer(stream, refusal);
    else forward(stream, upstream.request(headers, { endStream: false }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      for (const session of sessions) session.destroy();
      upstream.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** A gRPC answer of headers alone. */
function answer(stream: ServerHttp2Stream, { code, message }: { code: number; message: string }): void {
  stream.resume();
  stream.respond(
    {
      ":status": 200,
      "content-type": "application/grpc",
      "grpc-status": String(code),
      "grpc-message": encodeURIComponent(message),
    },
    { endStream: true },
  );
}

function forward(client: ServerHttp2Stream, emulator: ClientHttp2Stream): void {
  let trailers = {};
  emulator.on("error", () => client.close(constants.NGHTTP2_INTERNAL_ERROR));
  emulator.on("trailers", (headers) => {
    trailers = headers;
  });
  emulator.on("response", ({ ...headers }, flags) => {
    if (client.destroyed) return;
    const endStream = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    client.respond(headers, { endStream, waitForTrailers: !endStream });
    if (!endStream) client.once("wantTrailers", () => client.sendTrailers(trailers));
  });
  client.on("data", (chunk) => emulator.write(chunk));
  client.once("end", () => emulator.end());
  client.once("close", () => {
    emulator.end();
    emulator.resume();
  });
  emulator.on("data", (chunk) => {
    if (!client.destroyed) client.write(chunk);
  });
  emulator.once("end", () => {
    if (!client.destroyed) client.end();
  });
}
