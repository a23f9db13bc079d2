#!/usr/bin/env node
import "#server/process/require-node.mjs";
import { enableCompileCache } from "node:module";
import { join } from "node:path";

// What an earlier run compiled is not compiled again, which halves a command's start. Without write access it runs all the same.
enableCompileCache(join(import.meta.dirname, "../node_modules/.cache/tidemark/compiled"));
const { runProgram } = await import("./run-program.ts");
await runProgram();
