// A client process of bench:gate: opens connections whose requests are held, and reports when each was answered.
import { request } from "node:http";

export interface HoldOrder {
  port: number;
  token: string;
  /** One connection each. */
  paths: string[];
}

export interface Answered {
  /** Wall-clock milliseconds of each answer's last byte. */
  atMs: number[];
  statuses: Record<string, number>;
  bytes: number;
}

/** Connections opened at once: a server's accept queue is short. */
const opening = 100;

process.on("message", async (order: HoldOrder) => {
  const answered: Answered = { atMs: [], statuses: {}, bytes: 0 };
  let open = 0;
  await new Promise<void>((done) => {
    const next = () => {
      const path = order.paths[open];
      open += 1;
      if (path === undefined) return;
      const headers = { authorization: `Bearer ${order.token}` };
      const asked = request({ host: "127.0.0.1", port: order.port, path, agent: false, headers });
      asked.once("socket", (socket) => socket.once("connect", next));
      const settle = (status: string) => {
        answered.atMs.push(performance.timeOrigin + performance.now());
        answered.statuses[status] = (answered.statuses[status] ?? 0) + 1;
        if (answered.atMs.length === order.paths.length) done();
      };
      asked.once("error", (error) => settle(error.message));
      asked.once("response", (answer) => {
        answer.on("data", (chunk: Buffer) => {
          answered.bytes += chunk.length;
        });
        answer.once("end", () => settle(String(answer.statusCode)));
      });
      asked.end();
    };
    for (let index = 0; index < opening; index += 1) next();
  });
  process.send?.(answered);
});
process.on("disconnect", () => process.exit());
