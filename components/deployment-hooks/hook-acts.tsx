"use client";

import { Checkbox } from "@mantine/core";
import "#components/forms/mantine.css";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
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
import { toast } from "#components/ui/toast.ts";
import type { DeploymentHookJson } from "#domain/api/hooks.ts";
import { providerNames } from "./hook-words.ts";

/** Rotates the secret, and deletes the hook. */
export function HookActs({ hook, asOf }: { hook: DeploymentHookJson; asOf: string }) {
  const { name, spec, secretIsSet, previousSecretUntil } = hook;
  const may = useMayChange(spec.owner ?? null);
  const client = useQueryClient();
  const router = useRouter();
  const [endsNow, setEndsNow] = useState(false);
  const rotate = useMutation({
    mutationFn: () => deploymentHooks.rotate(name, endsNow ? "0s" : "24h"),
    onSuccess: () => client.invalidateQueries({ queryKey: deploymentHooks.one(name).queryKey }),
  });
  const remove = useMutation({
    mutationFn: () => deploymentHooks.remove(name),
    onSuccess: async () => {
      toast({ message: `${name} deleted.` });
      client.removeQueries({ queryKey: deploymentHooks.one(name).queryKey });
      await client.invalidateQueries({ queryKey: deploymentHooks.list().queryKey });
      router.push("/deployments/hooks");
    },
  });
  const isMade = spec.secret === undefined;
  return (
    <>
      {rotate.data && (
        <section className={page.card} aria-labelledby="secret">
          <SecretOnce key={rotate.data.secret} secret={rotate.data.secret}>
            Enter it at {providerNames[spec.provider]}.
          </SecretOnce>
        </section>
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
                onConfirm={() => rotate.mutate()}
                disabled={rotate.isPending}
              />
            )}
            <ConfirmButton
              name="Delete hook"
              confirm={`Refuse deliveries to ${name}`}
              onConfirm={() => remove.mutate()}
              disabled={remove.isPending || remove.isSuccess}
            />
          </div>
        )}
        <Refusal error={rotate.error ?? remove.error} />
      </Section>
    </>
  );
}
