import { ChoiceField } from "#components/forms/fields.tsx";

/** Where the service's account is: it has an address for each region. */
export function RegionField({ europe }: { europe: string }) {
  return (
    <ChoiceField
      path={["url"]}
      label="Region"
      options={[
        { value: "", label: "United States" },
        { value: europe, label: "European Union" },
      ]}
    />
  );
}
