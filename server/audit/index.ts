// Public API of audit: who changed what, in the act's own transaction.
export { recordAct, recordActs } from "./record-acts.ts";
