import { stringify } from "yaml";

/** A catalogue document as written in a file. */
export function documentText(kind: string, name: string, spec: unknown): string {
  return stringify({ apiVersion: "tidemark/v1", kind, metadata: { name }, spec }, { lineWidth: 0 });
}
