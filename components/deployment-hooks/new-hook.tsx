"use client";

import Link from "next/link";
import { useState } from "react";
import { deploymentHooks } from "#components/api/deployment-hooks.ts";
import type { WrittenSpec } from "#components/forms/spec-path.ts";
import page from "#components/ui/page.module.css";
import { SecretOnce } from "#components/ui/secret-once.tsx";
import { Section } from "#components/ui/section.tsx";
import type { HookProvider } from "#domain/deployment-hook/providers.ts";
import { HookEditor } from "./hook-editor.tsx";
import { HookSetUp } from "./hook-set-up.tsx";
import { hookHref, providerNames } from "./hook-words.ts";

interface Made {
  name: string;
  provider: HookProvider;
  /** null: it is in a variable, or could not be made. */
  secret: string | null;
}

/** Creates a deployment hook. A secret that Tidemark made is shown here, once. */
export function NewHook({ provider }: { provider: HookProvider }) {
  // A mutation's own state would be lost with the form; the secret is stored nowhere else either.
  const [made, setMade] = useState<Made | null>(null);
  const onCreated = async (name: string, spec: WrittenSpec) => {
    const isMade = spec.secret === undefined;
    // The hook exists: if its secret cannot be made now, its page says so and makes one.
    const answer = isMade ? await deploymentHooks.rotate(name, "0s").catch(() => null) : null;
    setMade({ name, provider: spec.provider as HookProvider, secret: answer?.secret ?? null });
  };
  return (
    <article className={page.page}>
      <h1>{made === null ? "New deployment hook" : `Hook ${made.name} created`}</h1>
      {made === null ? (
        <>
          <p>
            A release tool posts its deployments to the hook’s URL, and Tidemark records those that a mapping matches.{" "}
            <Link href="/docs/deployments">Deployments</Link> has each tool’s settings.
          </p>
          <Section id="hook" title="Hook">
            <HookEditor
              stored={{ name: "", spec: { provider, mappings: [{ match: "", component: "" }] }, etag: null }}
              onCreated={onCreated}
            />
          </Section>
        </>
      ) : (
        <>
          {made.secret !== null && (
            <SecretOnce secret={made.secret}>Enter it at {providerNames[made.provider]}.</SecretOnce>
          )}
          <Section id="set-up" title={`Set up ${providerNames[made.provider]}`}>
            <HookSetUp name={made.name} provider={made.provider} />
            <p>
              <Link href={hookHref(made.name)}>View hook</Link>
            </p>
          </Section>
        </>
      )}
    </article>
  );
}
