import { detailOf } from "#components/api/client.ts";
import page from "./page.module.css";

interface RefusalProps {
  error: Error | null | undefined;
  /** The form shows the single faults at its fields. */
  atFields?: boolean;
}

/** Why what was asked for was not done, beside the button that asked. Empty without an error. */
export function Refusal({ error, atFields = false }: RefusalProps) {
  return (
    error && (
      <p className={page.refusal} role="alert">
        {atFields ? detailOf(error) : error.message}
      </p>
    )
  );
}
