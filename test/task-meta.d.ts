import "vitest";

declare module "vitest" {
  interface TaskMeta {
    /** Of a test that some machines skip: what it needs, for the summary of `npm test`. */
    needs?: string;
  }
}
