import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findProgram } from "#test/find-program.ts";
import { deployFolder, mayHave, processNames, root } from "./process-table.ts";
import { readUnitFile } from "./read-unit-file.ts";

const folder = join(deployFolder, "systemd");
const units = readdirSync(folder).filter((file) => /\.(service|target)$/.test(file));
const read = (file: string) => readUnitFile(readFileSync(join(folder, file), "utf8"));
const worker = read("tidemark@.service");
const migrate = read("tidemark-migrate.service");
const analyze = findProgram("systemd-analyze", "install Debian's systemd.");

/** Of both services: what confines them. */
const hardening = (unit: typeof worker) =>
  Object.fromEntries(
    Object.entries(unit.Service ?? {})
      .filter(([name]) =>
        /^(Dynamic|Protect|Private|Restrict|No|Capability|Ambient|System|Lock|Keyring|Proc|Remove|UMask)/.test(name),
      )
      .filter(([name]) => name !== "RestartPreventExitStatus"),
  );

test("each unit starts a file of the repository with the Node of its packages", () => {
  const commands = [worker, migrate].flatMap(({ Service }) => Service?.ExecStart ?? []);
  expect(commands).toEqual(["/opt/tidemark/bin/node workers/%i/main.ts", "/opt/tidemark/bin/node scripts/migrate.ts"]);
  expect(existsSync(join(root, "scripts/migrate.ts"))).toBe(true);
});

test("the target wants each process but the queue's, which needs a queue", () => {
  const wanted = (read("tidemark.target").Unit?.Wants ?? []).flatMap((line) => line.split(" "));
  const expected = processNames.filter((name) => name !== "ingest").map((name) => `tidemark@${name}.service`);
  expect(wanted.sort()).toEqual(expected.sort());
});

test("processes start after the migrations, and not again when a setting is wrong", () => {
  expect(worker.Unit?.Requires).toEqual(["tidemark-migrate.service"]);
  expect(worker.Unit?.After?.[0]).toContain("tidemark-migrate.service");
  expect(worker.Service).toMatchObject({ Restart: ["always"], RestartPreventExitStatus: ["78"] });
});

test("both services are confined in the same way, as a user that exists only while they run", () => {
  expect(hardening(migrate)).toEqual(hardening(worker));
  expect(hardening(worker)).toMatchObject({
    DynamicUser: ["yes"],
    ProtectSystem: ["strict"],
    NoNewPrivileges: ["yes"],
    CapabilityBoundingSet: [""],
    SystemCallFilter: ["@system-service", "~@privileged @resources"],
  });
});

test("there is an environment file for each process, with settings that it reads and no port twice", () => {
  const files = readdirSync(join(folder, "env")).sort();
  expect(files).toEqual([...processNames, "common"].map((name) => `${name}.env`).sort());
  const ports: string[] = [];
  for (const file of files) {
    const text = readFileSync(join(folder, "env", file), "utf8");
    const process = file.replace(".env", "");
    const variables = [...text.matchAll(/^(?:# )?([A-Z][A-Z_]+)=(.*)$/gm)].map(([, name = "", value = ""]) => [
      name,
      value,
    ]);
    for (const [name = "", value = ""] of variables) {
      expect(mayHave(process === "common" ? "migrate" : process, name), `${file}: ${name}`).toBe(true);
      if (name.endsWith("PORT")) ports.push(value);
    }
  }
  expect(new Set(ports).size).toBe(ports.length);
  expect(ports).toHaveLength(processNames.length);
});

describe.skipIf(!analyze)("systemd-analyze", { meta: { needs: "systemd-analyze" } }, () => {
  const run = (args: string[]) => spawnSync(analyze ?? "", args, { encoding: "utf8" });

  test("finds nothing wrong with the units", () => {
    const at = mkdtempSync(join(tmpdir(), "tidemark-units-"));
    // The programs stand where the units look for them; nothing is started.
    for (const path of ["etc/systemd/system", "opt/tidemark/bin"]) mkdirSync(join(at, path), { recursive: true });
    writeFileSync(join(at, "opt/tidemark/bin/node"), "#!/bin/sh\n", { mode: 0o755 });
    for (const unit of units) {
      const text = readFileSync(join(folder, unit), "utf8");
      writeFileSync(join(at, "etc/systemd/system", unit), text.replaceAll("=/opt/", `=${at}/opt/`));
    }
    const names = units.map((unit) => join(at, "etc/systemd/system", unit.replace("@.", "@web.")));
    const { status, stderr } = run(["verify", "--man=no", ...names]);
    rmSync(at, { recursive: true });
    expect([status, stderr]).toEqual([0, ""]);
  });

  test.each(["tidemark@.service", "tidemark-migrate.service"])("rates the exposure of %s as 1.5 or less", (unit) => {
    const { status, stdout } = run(["security", "--offline=true", "--threshold=15", join(folder, unit)]);
    expect([status, stdout.split("\n").findLast((line) => line !== "")]).toEqual([0, expect.stringContaining("OK")]);
  });
});
