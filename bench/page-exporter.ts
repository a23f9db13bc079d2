import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { PagedType } from "./page-catalogue.ts";
import { lossyEvents, producedEvents } from "./page-facts.ts";

export interface Exporter {
  target: string;
  /** From now on the type's hour is closed, and a tenth of it lost. */
  close(type: PagedType): void;
  recover(type: PagedType): void;
  stop(): Promise<void>;
}

/** The same facts as gauges, for Prometheus to scrape. */
export async function startExporter(paged: readonly PagedType[]): Promise<Exporter> {
  const facts = new Map(paged.map(({ name }) => [name, { closed: 0, delivered: lossyEvents }]));
  const lines = function* () {
    for (const [name, { closed, delivered }] of facts) {
      yield `bench_hour_closed{eventType="${name}"} ${closed}\n`;
      yield `bench_hour_produced{eventType="${name}"} ${producedEvents}\n`;
      yield `bench_hour_delivered{eventType="${name}"} ${delivered}\n`;
    }
  };
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/plain; version=0.0.4" }).end([...lines()].join(""));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    target: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: ({ name }) => void facts.set(name, { closed: 1, delivered: lossyEvents }),
    recover: ({ name }) => void facts.set(name, { closed: 1, delivered: producedEvents }),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
