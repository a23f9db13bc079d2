import type { ReactNode } from "react";

/** One line of a list of facts (`page.facts`): what it is, and how it stands. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
