import { ChoiceField } from "#components/forms/fields.tsx";
import type { Draft } from "#components/forms/use-draft.ts";

/** Where the service's account is: it has an address for each region. */
export function RegionField({ draft, europe }: { draft: Draft; europe: string }) {
  return (
    <ChoiceField
      draft={draft}
      path={["url"]}
      label="Region"
      options={[
        { value: "", label: "United States" },
        { value: europe, label: "European Union" },
      ]}
    />
  );
}
