import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { licenceOf, licencesDoc, readLockedPackages, renderLicences } from "../scripts/write-licences.ts";

const packages = readLockedPackages();

test("each package of the lockfile is pinned to its content", () => {
  expect(packages.length).toBeGreaterThan(500);
  const unpinned = packages.filter(({ integrity }) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ""));
  expect(unpinned.map(({ name }) => name)).toEqual([]);
});

test("no package runs code of its own when it is installed", () => {
  const { allowScripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
    allowScripts: Record<string, boolean>;
  };
  // npm 11 asks package.json; each is denied by name, since Tidemark works without: a new one is read before it is listed.
  const found = packages.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
  expect(allowScripts).toEqual(Object.fromEntries(found.map((name) => [name, false])));
});

const permissive =
  /^(MIT|MIT-0|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|Unlicense|\(?MIT OR (CC0-1\.0|Apache-2\.0)\)?|MIT (AND|and) ISC( AND BSD-3-Clause)?)$/;

/** Not permissive, and fine. */
const exceptions: readonly { licence: RegExp; name: RegExp; because: string }[] = [
  { licence: /^OFL-1\.1$/, name: /^@fontsource-variable\//, because: "fonts, which may be bundled with software" },
  { licence: /^CC-BY-4\.0$/, name: /^caniuse-lite$/, because: "data about browsers, read by the build and named here" },
  { licence: /^EPL-2\.0$/, name: /^elkjs$/, because: "used unchanged, as a module of its own" },
  { licence: /LGPL-3\.0-or-later/, name: /^@img\/sharp-/, because: "optional, a shared library that can be replaced" },
  {
    licence: /^MPL-2\.0$/,
    name: /^(lightningcss|(@axe-core\/playwright|axe-core)$)/,
    because: "used unchanged by tests, and not shipped",
  },
  { licence: /^CC0-1\.0$/, name: /^railroad-diagrams$/, because: "public domain; used by tests, and not shipped" },
  { licence: /^Python-2\.0$/, name: /^argparse$/, because: "permissive; used by tools, and not shipped" },
];

test("each licence is permissive, or an exception with its reason", () => {
  const refused = packages.filter((locked) => {
    const licence = licenceOf(locked);
    const isExcepted = exceptions.some(({ licence: of, name }) => of.test(licence) && name.test(locked.name));
    return !permissive.test(licence) && !isExcepted;
  });
  expect(refused.map((locked) => `${locked.name}: ${licenceOf(locked)}`)).toEqual([]);
});

test("docs/licences.md lists what is shipped", () => {
  expect(readFileSync(licencesDoc, "utf8"), "run: npm run docs:licences").toBe(renderLicences());
});

test("the bill of materials names each package with its hash, and which are not part of the product", () => {
  const printed = execFileSync("npm", ["run", "--silent", "sbom"], { encoding: "utf8", maxBuffer: 64 * 1024 ** 2 });
  const { bomFormat, components } = JSON.parse(printed) as {
    bomFormat: string;
    components: { name: string; version: string; scope: string; hashes: { content: string }[] }[];
  };
  expect(bomFormat).toBe("CycloneDX");
  const named = new Set(components.map(({ name, version }) => `${name}@${version}`));
  expect(packages.filter(({ name, version }) => !named.has(`${name}@${version}`))).toEqual([]);
  expect(components.filter(({ hashes: [hash] }) => !/^[0-9a-f]{128}$/.test(hash?.content ?? ""))).toEqual([]);
  const scopesOf = (name: string) =>
    components.filter((component) => component.name === name).map(({ scope }) => scope);
  expect([scopesOf("hono"), scopesOf("vitest")]).toEqual([["required"], ["excluded"]]);
});
