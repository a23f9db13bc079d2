import { CopyLine } from "./copy-line.tsx";
import page from "./page.module.css";

export interface CopyItem {
  title: string;
  /** Its purpose, in a few words. */
  use: string;
  text: string;
}

/** URLs and commands to copy, each with its own button. */
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
