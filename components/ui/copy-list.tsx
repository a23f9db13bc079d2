import { CopyLine } from "./copy-line.tsx";
import page from "./page.module.css";

export interface CopyItem {
  title: string;
  /** What it is for, in a few words. */
  use: string;
  text: string;
}

/** Addresses and commands to take along, each with one copy button. */
export function CopyList({ items, className }: { items: readonly CopyItem[]; className: string | undefined }) {
  return (
    <dl className={className}>
      {items.map(({ title, use, text }) => (
        <div key={title}>
          <dt>
            {title} <span className={page.quiet}>{use}</span>
          </dt>
          <dd>
            <CopyLine text={text} label={title} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
