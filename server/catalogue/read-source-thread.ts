import { serveWork } from "#server/process/serve-work.ts";
import { readSource } from "./read-source.ts";

serveWork(readSource);
