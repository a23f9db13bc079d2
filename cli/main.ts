#!/usr/bin/env node
import "#server/process/require-node.mjs";
import { runProgram } from "./run-program.ts";

await runProgram();
