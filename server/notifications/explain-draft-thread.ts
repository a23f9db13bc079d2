import { serveWork } from "#server/process/serve-work.ts";
import { explainDraft } from "./explain-draft.ts";

serveWork(explainDraft);
