import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { RpcFault } from "./fault.ts";
import type { TimeSeriesJson } from "./series.ts";

export interface HttpDoor {
  url: string;
  stop(): void;
}

const mostBytes = 4 * 1024 * 1024;

/**
 * The one call of Google's REST API through which its services write their own series, on loopback:
 * `POST /v3/projects/PROJECT/timeSeries:createService`. For a simulated fleet, which needs no gRPC then.
 */
export async function openHttpDoor(put: (project: string, series: TimeSeriesJson[]) => void): Promise<HttpDoor> {
  const server = createServer((request, response) => {
    answer(request, put)
      .then(() => reply(response, 200, {}))
      .catch((error: Error) => {
        const status = error instanceof RpcFault || error instanceof SyntaxError ? 400 : 500;
        reply(response, status, { error: { code: status, message: error.message } });
      });
  });
  const port = await listenOnLoopback(server);
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(request: IncomingMessage, put: (project: string, series: TimeSeriesJson[]) => void) {
  const [, project] = /^\/v3\/projects\/([^/]+)\/timeSeries:createService$/.exec(request.url ?? "") ?? [];
  if (request.method !== "POST" || project === undefined) {
    throw new SyntaxError("Only POST /v3/projects/PROJECT/timeSeries:createService is answered here.");
  }
  const { timeSeries } = JSON.parse(await readBody(request)) as { timeSeries?: TimeSeriesJson[] };
  if (!Array.isArray(timeSeries)) throw new SyntaxError("timeSeries must be a list.");
  put(project, timeSeries);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > mostBytes) throw new SyntaxError(`The body is larger than ${mostBytes} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function listenOnLoopback(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
