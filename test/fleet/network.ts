import { execFile, execFileSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A network namespace with an address of its own: a machine as far as its network is concerned. */
export interface Machine {
  name: string;
  address: string;
  /** The program and arguments that run a command line there. */
  inside(command: readonly string[]): [string, ...string[]];
  /** Unplugs it: what it sends and what is sent to it is lost without an answer; its own link stays up. */
  cut(): Promise<void>;
  plug(): Promise<void>;
}

/** This machine itself, which cannot be cut off. */
export const thisMachine: Machine = {
  name: "this machine",
  address: "127.0.0.1",
  inside: ([program = "", ...parts]) => [program, ...parts],
  cut: () => Promise.reject(new Error("This machine cannot be cut off.")),
  plug: () => Promise.resolve(),
};

export interface Network<Name extends string> {
  /** Of this machine, the host, on the bridge. */
  host: string;
  /** In CIDR notation. */
  range: string;
  machines: Record<Name, Machine>;
  /** Removes the namespaces and the bridge. */
  remove(): Promise<void>;
}

/** null where namespaces may be made; else why not, for a test to skip. */
export function whyNoNetwork(): string | null {
  const probe = `tm${process.pid}probe`;
  try {
    execFileSync("ip", ["netns", "add", probe], { stdio: "pipe" });
    execFileSync("ip", ["netns", "del", probe], { stdio: "pipe" });
    return null;
  } catch (error) {
    const reason = `${(error as { stderr?: Buffer }).stderr ?? (error as Error).message}`.trim();
    process.stderr.write(`Skipped, for network namespaces cannot be made here (as root, with iproute2): ${reason}\n`);
    return reason || "`ip netns add` failed";
  }
}

/** Namespaces joined by a bridge on which the host has an address too. */
export async function createNetwork<Name extends string>(names: readonly Name[]): Promise<Network<Name>> {
  await removeLeftOver();
  const own = `tm${process.pid}${letters()}`;
  // A range for benchmarks (RFC 2544), which no neighbour has.
  const prefix = `198.${18 + randomInt(2)}.${randomInt(256)}`;
  const host = `${prefix}.1`;
  const bridge = `${own}b`;
  await ip("link", "add", bridge, "type", "bridge");
  await ip("addr", "add", `${host}/24`, "dev", bridge);
  await ip("link", "set", bridge, "up");
  const made: Machine[] = [];
  for (const [index, name] of names.entries()) made.push(await createMachine(name, index));
  const machines = Object.fromEntries(made.map((machine) => [machine.name, machine])) as Record<Name, Machine>;
  return {
    host,
    range: `${prefix}.0/24`,
    machines,
    async remove() {
      for (const index of names.keys()) await ip("netns", "del", `${own}-${index}`);
      await ip("link", "del", bridge);
    },
  };

  async function createMachine(name: Name, index: number): Promise<Machine> {
    const space = `${own}-${index}`;
    const port = `${own}p${index}`;
    const address = `${prefix}.${index + 2}`;
    await ip("netns", "add", space);
    await ip("link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", space);
    await ip("link", "set", port, "master", bridge, "up");
    await ip("-n", space, "addr", "add", `${address}/24`, "dev", "eth0");
    await ip("-n", space, "link", "set", "eth0", "up");
    await ip("-n", space, "link", "set", "lo", "up");
    return {
      name,
      address,
      inside: (command) => ["ip", "netns", "exec", space, ...command],
      cut: () => ip("link", "set", port, "nomaster"),
      plug: () => ip("link", "set", port, "master", bridge),
    };
  }
}

function letters(): string {
  return [0, 1].map(() => String.fromCharCode(97 + randomInt(26))).join("");
}

/** Of runs that were killed. */
async function removeLeftOver(): Promise<void> {
  const spaces = (await run("ip", ["netns", "list"])).stdout;
  for (const [space, pid] of spaces.matchAll(/^tm(\d+)[a-z]{2}-\d+/gm)) {
    if (isAlive(Number(pid))) continue;
    await ip("netns", "del", space).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function ip(...parts: string[]): Promise<void> {
  await run("ip", parts);
}
