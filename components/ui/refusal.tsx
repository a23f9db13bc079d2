import page from "./page.module.css";

/** Why what was asked for was not done, beside the button that asked. Empty without an error. */
export function Refusal({ error }: { error: Error | null | undefined }) {
  return (
    error && (
      <p className={page.refusal} role="alert">
        {error.message}
      </p>
    )
  );
}
