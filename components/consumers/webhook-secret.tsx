import type { ReactNode } from "react";
import { SecretOnce } from "#components/ui/secret-once.tsx";

/** A webhook's new secret, for its receiver. */
export function WebhookSecret(props: { secret: string; next?: ReactNode }) {
  return (
    <SecretOnce {...props}>
      Store it where the receiver reads it. It signs every message according to{" "}
      <a href="https://www.standardwebhooks.com">Standard Webhooks</a>.
    </SecretOnce>
  );
}
