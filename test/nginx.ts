import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProgram } from "#test/find-program.ts";
import { until } from "#test/until.ts";

export const nginx = findProgram("nginx", "apt-get install nginx (npm test fetches it on Debian).");
export const openssl = findProgram("openssl", "apt-get install openssl");

export interface TestNginx {
  /** The certificate that it presents, to be trusted. */
  certificate: string;
  stop(): Promise<void>;
}

/** A page of docs/ whose nginx configuration is run, and by what its names, ports and addresses are replaced. */
export interface DocumentedNginx {
  page: string;
  replaced: readonly (readonly [from: string, to: string])[];
}

/** nginx with the server of docs/operating.md in front of a Tidemark: only names, ports and files are replaced. */
export async function startNginx(port: number, tidemark: { port: number }): Promise<TestNginx> {
  const replaced = [["127.0.0.1:3000", `127.0.0.1:${tidemark.port}`]] as const;
  return startDocumentedNginx(port, { page: "operating.md", replaced });
}

export async function startDocumentedNginx(port: number, { page, replaced }: DocumentedNginx): Promise<TestNginx> {
  const folder = await mkdtemp(join(tmpdir(), "tidemark-nginx-"));
  const [certificate, key] = [join(folder, "own.pem"), join(folder, "own.key")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  const made = ["-keyout", key, "-out", certificate, "-days", "2", "-nodes"];
  execFileSync(
    openssl ?? "",
    ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", ...made, ...subject],
    {
      stdio: "ignore",
    },
  );
  const text = await readFile(join(import.meta.dirname, "../docs", page), "utf8");
  const documented = /```nginx\n([\s\S]*?)```/.exec(text)?.[1] ?? "";
  const replace = (text: string, from: string, to: string) => {
    if (!text.includes(from)) throw new Error(`The nginx configuration of docs/${page} has no "${from}".`);
    return text.replace(from, to);
  };
  const server = [
    ...replaced,
    ["listen 443 ssl", `listen 127.0.0.1:${port} ssl`],
    ["server_name example.com", "server_name localhost"],
    ["/etc/ssl/certs/example.com.pem", certificate],
    ["/etc/ssl/private/example.com.key", key],
  ].reduce((text, [from, to]) => replace(text, from ?? "", to ?? ""), documented);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (what) => `${what}_temp_path ${folder}/${what};`,
  );
  // As root its workers would be another user, who may not write here.
  const user = process.getuid?.() === 0 ? "user root;" : "";
  const configuration = `${user} daemon off; pid ${folder}/pid; error_log stderr; events {}\nhttp { access_log off; ${temporary.join(" ")}\n${server}}\n`;
  await writeFile(join(folder, "nginx.conf"), configuration);
  const child: ChildProcess = spawn(nginx ?? "", ["-c", join(folder, "nginx.conf"), "-p", folder], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  await until("nginx runs", async () => {
    if (child.exitCode !== null) throw new Error(said);
    return (await readFile(join(folder, "pid"), "utf8").catch(() => "")) !== "";
  });
  return {
    certificate: await readFile(certificate, "utf8"),
    async stop() {
      child.kill("SIGTERM");
      await ended;
      process.off("exit", kill);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
