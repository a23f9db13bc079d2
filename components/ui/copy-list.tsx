import { CopyLine } from "./copy-line.tsx";
import page from "./page.module.css";

export interface CopyItem {
  title: string;
  /** Its purpose, in a few words. */
  use: string;
  text: string;
}

/** URLs and commands to copy, each with its own button. */
export function CopyList({ items }: { items: readonly CopyItem[] }) {
  return (
    <ul className={page.list}>
      {items.map(({ title, use, text }) => (
        <li key={title}>
          <p>
            <strong>{title}</strong> <span className={page.quiet}>{use}</span>
          </p>
          <CopyLine text={text} label={title} />
        </li>
      ))}
    </ul>
  );
}
