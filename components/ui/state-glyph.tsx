import type { VerdictState } from "#domain/verdict.ts";
import styles from "./ui.module.css";

const ring = <circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" strokeWidth="1.5" />;

/** Each state has its own shape, so that colour is never the only sign. */
const shapes: Record<VerdictState, React.ReactNode> = {
  complete: <circle cx="6" cy="6" r="5" />,
  closing: (
    <>
      {ring}
      <path d="M6 6V1.5A4.5 4.5 0 0 1 10.5 6Z" />
    </>
  ),
  verifying: (
    <>
      {ring}
      <path d="M6 1.5a4.5 4.5 0 0 1 0 9Z" />
    </>
  ),
  late: <path d="M6 .8 11.6 11H.4Z" />,
  incomplete: <path d="M6 .2 11.8 6 6 11.8.2 6Z" />,
  overcounted: <path d="M4.2.5h3.6v3.7h3.7v3.6H7.8v3.7H4.2V7.8H.5V4.2h3.7Z" />,
  unverified: (
    <>
      <path
        d="M3.2 3.9C3.2 2 4.4 1 6 1s2.8 1 2.8 2.6C8.8 5.6 6 5.8 6 8"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
      />
      <circle cx="6" cy="10.7" r="1.2" />
    </>
  ),
  open: ring,
};

export function StateGlyph({ state }: { state: VerdictState }) {
  return (
    <svg className={styles.glyph} data-state={state} viewBox="0 0 12 12" aria-hidden="true">
      {shapes[state]}
    </svg>
  );
}
