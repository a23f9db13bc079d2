import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { everywhere } from "#domain/egress.ts";
import { findProgram } from "#test/find-program.ts";
import { type HttpReceiver, startHttpReceiver } from "#test/http-receiver.ts";
import { freePort } from "#test/product/start-product.ts";
import { until } from "#test/until.ts";
import { openEgress } from "./egress.ts";
import { postHttp } from "./post-http.ts";

const program = findProgram("tinyproxy", "apt-get install tinyproxy-bin (npm test fetches it on Debian).");
/** The first byte of a TLS ClientHello record (RFC 8446, 5.1). */
const tlsHandshake = 22;

describe.skipIf(!program)("behind Debian's tinyproxy", () => {
  let folder: string;
  let proxy: ChildProcess;
  let proxyUrl: string;
  let said = "";
  let receiver: HttpReceiver;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tidemark-proxy-"));
    const port = await freePort();
    proxyUrl = `http://127.0.0.1:${port}`;
    const settings = [`Port ${port}`, "Listen 127.0.0.1", "Timeout 10", "LogLevel Connect", "Allow 127.0.0.1"];
    await writeFile(join(folder, "tinyproxy.conf"), `${settings.join("\n")}\n`);
    proxy = spawn(program ?? "", ["-d", "-c", join(folder, "tinyproxy.conf")]);
    proxy.stdout?.on("data", (chunk) => {
      said += chunk;
    });
    receiver = await startHttpReceiver({ status: 202, body: "taken" });
    await until("the proxy listens", async () => {
      const answer = await fetch(proxyUrl).catch(() => null);
      return answer !== null;
    });
  });
  afterAll(async () => {
    proxy.kill();
    await receiver.stop();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(() => {
    for (const name of ["http_proxy", "https_proxy", "no_proxy"]) delete process.env[name];
  });

  const post = (url: string, egress = openEgress(everywhere)) =>
    postHttp({ url, body: "{}", egress, timeoutMs: 5_000 });

  test("plain HTTP goes through it, unless NO_PROXY names the receiver", async () => {
    process.env.http_proxy = proxyUrl;
    const before = said.length;
    expect(await post(`${receiver.url}/hook`)).toMatchObject({ status: 202, text: "taken" });
    expect(receiver.received.at(-1)).toMatchObject({ path: "/hook", body: "{}" });
    expect(receiver.received.at(-1)?.headers.via).toContain("tinyproxy");
    await until("the proxy logged it", async () => said.slice(before).includes(`POST ${receiver.url}/hook`));
    process.env.no_proxy = "127.0.0.1";
    await post(`${receiver.url}/direct`);
    expect(receiver.received.at(-1)?.headers.via).toBeUndefined();
  });

  test("HTTPS is tunnelled: the proxy sees the host alone, and TLS begins behind it", async () => {
    const firstBytes: number[] = [];
    const server = createServer((socket) => {
      socket.once("data", (chunk) => {
        firstBytes.push(chunk[0] ?? -1);
        socket.destroy();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    process.env.https_proxy = proxyUrl;
    const before = said.length;
    await expect(post(`https://127.0.0.1:${port}/secret-path`)).rejects.toMatchObject({ permanent: false });
    expect(firstBytes).toEqual([tlsHandshake]);
    await until("the proxy logged it", async () => said.slice(before).includes(`CONNECT 127.0.0.1:${port}`));
    expect(said).not.toContain("secret-path");
    server.close();
  });

  test("what Tidemark may not send to is not handed to the proxy either, by number or by name", async () => {
    process.env.http_proxy = proxyUrl;
    const got = receiver.received.length;
    const onlyPublic = openEgress(everywhere, false);
    const byName = receiver.url.replace("127.0.0.1", "localhost");
    for (const url of [receiver.url, byName]) await expect(post(url, onlyPublic)).rejects.toThrow("private address");
    expect(receiver.received).toHaveLength(got);
  });

  test("a proxy that is down is a passing failure that names the receiver", async () => {
    process.env.http_proxy = `http://127.0.0.1:${await freePort()}`;
    await expect(post(receiver.url)).rejects.toMatchObject({ permanent: false, message: /is unreachable/ });
  });
});
