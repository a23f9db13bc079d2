// Imported by the configurations of Vitest and Playwright: every Node process of a test run finds compiled what an earlier one compiled.
import { join } from "node:path";

process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, "../node_modules/.cache/tidemark/compiled");
