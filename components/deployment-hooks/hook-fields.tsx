"use client";

import { useEdited } from "#components/forms/draft-context.ts";
import {
  ChoiceField,
  NameField,
  OwnerOfDraft,
  SecretField,
  SwitchField,
  TextField,
} from "#components/forms/fields.tsx";
import styles from "#components/forms/forms.module.css";
import { ItemList } from "#components/forms/item-list.tsx";
import type { Path } from "#components/forms/spec-path.ts";
import { Choice } from "#components/ui/choice.tsx";
import page from "#components/ui/page.module.css";
import type { HookProvider } from "#domain/deployment-hook/providers.ts";
import { providerNames, subjectExamples } from "./hook-words.ts";

const providers = Object.entries(providerNames).map(([value, label]) => ({ value, label }));

/** Which tool sends, how it proves that, and which of its deployments are deployments of what. */
export function HookFields() {
  const draft = useEdited();
  const provider = String(draft.at(["provider"]));
  const subject = Object.hasOwn(subjectExamples, provider) ? subjectExamples[provider as HookProvider] : "the subject";
  const isNamed = draft.at(["secret"]) !== undefined;
  return (
    <div className={page.form}>
      <div className={styles.fields}>
        <NameField placeholder="github" />
        <ChoiceField path={["provider"]} label="Release tool" options={providers} />
        <Choice
          label="Secret"
          data={[
            { value: "made", label: "Made by Tidemark" },
            { value: "named", label: "In an environment variable" },
          ]}
          value={isNamed ? "named" : "made"}
          onChange={(next) => draft.set(["secret"], next === "named" ? { env: "TIDEMARK_SECRET_HOOK" } : undefined)}
        />
      </div>
      {isNamed && (
        <SecretField
          path={["secret"]}
          label="Variable of the secret"
          description="The environment variable of Tidemark’s web process that holds it. For GitLab’s own signing token, which begins with whsec_."
        />
      )}
      <ItemList
        path={["mappings"]}
        title="Mappings"
        hint={`The first pattern that matches the whole subject (${subject}) counts. Component and datacenter may name its groups, such as $dc.`}
        blank={{ match: "", component: "" }}
        what="mapping"
        fields={(path) => <MappingFields path={path} />}
      />
      <OwnerOfDraft />
      <SwitchField path={["enabled"]} initial label="Record what it announces" />
    </div>
  );
}

function MappingFields({ path }: { path: Path }) {
  return (
    <>
      <TextField
        path={[...path, "match"]}
        label="Pattern"
        placeholder="acme/(?<app>[a-z-]+)/environments/prod-(?<dc>[a-z]+)"
      />
      <div className={styles.fields}>
        <TextField path={[...path, "component"]} label="Component" placeholder="$app" />
        <TextField path={[...path, "datacenter"]} label="Datacenter (empty: every one)" placeholder="$dc" />
      </div>
    </>
  );
}
