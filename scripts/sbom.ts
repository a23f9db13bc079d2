// Prints a CycloneDX bill of materials of the lockfile: npm run sbom
// (`npm sbom --omit dev` leaves out what development and production share, and without it fails on a range that says "latest".)
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type LockedPackage, licenceOf, readLockedPackages } from "./write-licences.ts";

const { name, version, license } = JSON.parse(readFileSync(join(import.meta.dirname, "../package.json"), "utf8")) as {
  name: string;
  version: string;
  license: string;
};

const component = (locked: LockedPackage) => {
  const purl = `pkg:npm/${locked.name.replace(/^@/, "%40")}@${locked.version}`;
  return {
    type: "library",
    "bom-ref": purl,
    name: locked.name,
    version: locked.version,
    purl,
    // CycloneDX's word for what is not part of the running product
    scope: locked.isForDevelopment ? "excluded" : "required",
    licenses: [
      licenceOf(locked).includes(" ") ? { expression: licenceOf(locked) } : { license: { id: licenceOf(locked) } },
    ],
    hashes: [{ alg: "SHA-512", content: Buffer.from(locked.integrity?.slice(7) ?? "", "base64").toString("hex") }],
  };
};

// The same version may be locked at several places.
const components = new Map(
  readLockedPackages().map((locked) => [`${locked.name}@${locked.version}`, component(locked)]),
);
const purl = `pkg:npm/${name}@${version}`;
const bill = {
  $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  version: 1,
  metadata: {
    component: { type: "application", "bom-ref": purl, name, version, purl, licenses: [{ license: { id: license } }] },
  },
  components: [...components.values()],
};
process.stdout.write(`${JSON.stringify(bill, null, 2)}\n`);
