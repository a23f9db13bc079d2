// Copied into a release's folder: its API without its pages, which a build of a minute would make. Arguments: the port and, unless it is loopback, the address.
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { runtime } from "#server/http/runtime.ts";

const [port, address = "127.0.0.1"] = process.argv.slice(2);
const parts = await runtime();

const server = createServer(async (incoming, outgoing) => {
  try {
    const { method = "GET", headers, url = "/" } = incoming;
    const hasBody = method !== "GET" && method !== "HEAD";
    const body = hasBody ? { body: Readable.toWeb(incoming), duplex: "half" } : {};
    const given = Object.entries(headers).map(([name, value]) => [name, String(value)]);
    const request = new Request(new URL(url, "http://127.0.0.1"), { method, headers: given, ...body });
    const answer = await parts.fetch(request);
    outgoing.writeHead(answer.status, [...answer.headers].flat());
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  } catch {
    outgoing.destroy();
  }
});
server.listen(Number(port), address);
process.on("SIGTERM", () => server.close(() => parts.close().then(() => process.exit(0))));
process.stdin.on("end", () => process.exit(1)).resume();
