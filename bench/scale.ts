// npm run bench:scale [-- load|reporters|board …]: all parts, or the given ones.
// load: verdicts under the counts of 10,000 hosts and of ten times as many; reporters: one hour's verdict by the number of its reporters;
// board: the board of 500, 2,000 and 10,000 types. Each part has options of its own: node bench/scale-load.ts --hosts 100.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const parts = ["load", "reporters", "board"];
const named = process.argv.slice(2);
const unknown = named.find((part) => !parts.includes(part));
if (unknown !== undefined) {
  process.stderr.write(`There is no part "${unknown}": name any of ${parts.join(", ")}.\n`);
  process.exit(1);
}
for (const part of named.length > 0 ? named : parts) {
  const child = spawn(process.execPath, [join(import.meta.dirname, `scale-${part}.ts`)], { stdio: "inherit" });
  const [code] = await once(child, "exit");
  if (code !== 0) process.exit(1);
}
