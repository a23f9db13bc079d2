// Writes docs/licences.md from the lockfile: npm run docs:licences
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
export const licencesDoc = join(root, "docs/licences.md");

/** A package as package-lock.json (version 3) locks it. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  readonly integrity?: string;
  readonly license?: string;
  /** Only builds and tests Tidemark. */
  readonly isForDevelopment: boolean;
  readonly hasInstallScript?: boolean;
}

export function readLockedPackages(): LockedPackage[] {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, Omit<LockedPackage, "name"> & { dev?: boolean }>;
  };
  return Object.entries(packages)
    .filter(([path]) => path !== "")
    .map(([path, { dev, ...locked }]) => ({
      ...locked,
      name: path.replace(/^.*node_modules\//, ""),
      isForDevelopment: dev === true,
    }));
}

/** Packages that say nothing in a form that npm reads, with what their LICENSE file says. */
export const unstated: Readonly<Record<string, string>> = { "seq-queue": "MIT" };

export function licenceOf({ name, license }: LockedPackage): string {
  return license ?? unstated[name] ?? "none";
}

export function renderLicences(): string {
  const shipped = readLockedPackages().filter(({ isForDevelopment }) => !isForDevelopment);
  const byLicence = Map.groupBy(shipped, licenceOf);
  const sections = [...byLicence].sort(([a], [b]) => (a < b ? -1 : 1)).map(renderSection);
  return `# Licences

Tidemark is licensed under Apache-2.0. It runs on the packages below, each under its own licence. Packages that only build and test it are not listed.
New ones must be under MIT, ISC, BSD, Apache-2.0 or something as permissive; \`test/supply-chain.test.ts\` names the exceptions and why they are fine.

This page is generated from the lockfile (\`npm run docs:licences\`). \`npm run sbom\` prints all packages with versions and hashes as a CycloneDX bill of materials, those for development marked.

${sections.join("\n\n")}
`;
}

function renderSection([licence, packages]: [string, LockedPackage[]]): string {
  const names = [...new Set(packages.map(({ name }) => name))].sort();
  return `## ${licence}\n${names.join(", ")}`;
}

if (import.meta.main) writeFileSync(licencesDoc, renderLicences());
