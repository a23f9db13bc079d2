// The minimum work of such a server: holds every request, and answers all at once with a given text.
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const held = new Set<ServerResponse>();
const server = createServer((request, response) => {
  if (request.url === "/held") response.end(String(held.size));
  else held.add(response);
});
server.listen(0, "127.0.0.1", 4096, () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on("message", ({ body }: { body: string }) => {
  for (const response of held) response.writeHead(200, { "content-type": "application/json" }).end(body);
  held.clear();
});
process.on("disconnect", () => process.exit());
