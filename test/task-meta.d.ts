import "vitest";

declare module "vitest" {
  interface TaskMeta {
    /** For a test that some machines skip: its requirement, for the summary of `npm test`. */
    needs?: string;
  }
}
