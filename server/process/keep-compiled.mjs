// Loaded by `npm start` before anything else, and by the configurations of Vitest and Playwright: compiled modules are kept for the next start,
// of this process and of those that it starts. A process that finds them does not load the compiler of TypeScript, which it would keep in
// memory (about 15 MB) for as long as it runs.
import module from "node:module";
import { join } from "node:path";

process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, "../../node_modules/.cache/tidemark/compiled");
// Where it cannot be written, everything is compiled at each start.
module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE);
