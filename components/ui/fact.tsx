import type { ReactNode } from "react";

/** One item of a list of facts (`page.facts`): its name and value. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
