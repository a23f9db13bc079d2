"use client";

import { Checkbox } from "@mantine/core";
import "#components/forms/mantine.css";
import { useState } from "react";
import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import { useMayChange } from "#components/access/use-may.ts";
import { deploymentHooks } from "#components/api/deployment-hooks.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { SecretOnce } from "#components/ui/secret-once.tsx";
import { Section } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import { useAct } from "#components/ui/use-act.ts";
import type { DeploymentHookJson } from "#domain/api/hooks.ts";
import { providerNames } from "./hook-words.ts";

/** Rotates the secret, and deletes the hook. */
export function HookActs({ hook, asOf }: { hook: DeploymentHookJson; asOf: string }) {
  const { name, spec, secretIsSet, previousSecretUntil } = hook;
  const may = useMayChange(spec.owner ?? null);
  const [endsNow, setEndsNow] = useState(false);
  const { queryKey } = deploymentHooks.one(name);
  const rotate = useAct(() => deploymentHooks.rotate(name, endsNow ? "0s" : "24h"), { rereads: [queryKey] });
  const remove = useAct(() => deploymentHooks.remove(name), {
    says: `${name} deleted.`,
    forgets: queryKey,
    rereads: [deploymentHooks.list().queryKey],
    leadsTo: "/deployments/hooks",
  });
  const isMade = spec.secret === undefined;
  return (
    <>
      {rotate.data && (
        <SecretOnce key={rotate.data.secret} secret={rotate.data.secret}>
          Enter it at {providerNames[spec.provider]}.
        </SecretOnce>
      )}
      <Section id="change" title={isMade ? "Rotate or delete" : "Delete"}>
        <p>
          {isMade
            ? secretIsSet && "Deliveries with the old secret are accepted for 24 hours more, unless it ends at once. "
            : `The secret is in ${spec.secret?.env}: change it where Tidemark’s API runs. `}
          {previousSecretUntil !== null && (
            <>
              Both secrets work until <Time at={previousSecretUntil} relativeTo={asOf} />.{" "}
            </>
          )}
          Once the hook is deleted, its deliveries are refused; deployments that it recorded stay.
        </p>
        {may === false && (
          <SignInToAct scope="write" to="rotate the secret or delete the hook" owner={spec.owner ?? null} />
        )}
        {may && isMade && secretIsSet && (
          <Checkbox
            mb={8}
            label="The old secret ends at once"
            checked={endsNow}
            onChange={({ target }) => setEndsNow(target.checked)}
          />
        )}
        {may && (
          <div className={page.row}>
            {isMade && (
              <ConfirmButton
                name={secretIsSet ? "Rotate secret" : "Make secret"}
                confirm="Create a new secret"
                act={rotate}
              />
            )}
            <ConfirmButton
              name="Delete hook"
              confirm={`Refuse deliveries to ${name}`}
              act={remove}
              disabled={remove.isSuccess}
            />
          </div>
        )}
        <Refusal error={rotate.error ?? remove.error} />
      </Section>
    </>
  );
}
