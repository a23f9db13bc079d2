import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";

export interface ServedApi {
  readonly url: string;
  /** Cuts every connection, as a killed process would. */
  stop(): Promise<void>;
  /** Listens on the same port again. */
  start(): Promise<void>;
}

/** Serves a fetch handler on a real socket, for tests of its clients. `onRequest` may count or intercept requests. */
export async function serveApi(
  fetch: (request: Request) => Response | Promise<Response>,
  onRequest: () => void = () => undefined,
): Promise<ServedApi> {
  // With its own Request in place of the global one: body limits copy a request, which its lighter one does not allow.
  const answer = getRequestListener(fetch);
  const server = createServer((incoming, outgoing) => {
    onRequest();
    return answer(incoming, outgoing);
  });
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    start: () => listen(port),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
