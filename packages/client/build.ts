import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** Writes what is published into dist/. */
const at = (...path: string[]) => join(import.meta.dirname, ...path);
rmSync(at("dist"), { recursive: true, force: true });
const compiler = at("../../node_modules/typescript/bin/tsc");
execFileSync(process.execPath, [compiler, "--project", at("tsconfig.json")], { stdio: "inherit" });
writeFileSync(at("dist/cjs/package.json"), '{ "type": "commonjs" }\n');

// `import` gets the same classes as `require`: with two copies in one process, `error instanceof Refused` would be false for
// the other's errors.
const names = Object.keys(createRequire(import.meta.url)(at("dist/cjs/index.js")));
writeFileSync(at("dist/index.js"), `export { ${names.join(", ")} } from "./cjs/index.js";\n`);
writeFileSync(at("dist/index.d.ts"), 'export * from "./cjs/index.js";\n');
