import { DataTable } from "#components/ui/data-table.tsx";
import { DatacenterLink } from "#components/ui/datacenter-link.tsx";
import page from "#components/ui/page.module.css";
import { Time } from "#components/ui/time.tsx";
import type { RunningComponentJson } from "#domain/api/running-versions.ts";
import { formatCount } from "#domain/figures.ts";
import { differingWords, isTrouble, standingWord } from "./running-words.ts";

/** Components with the version in force, how many instances run it, and which run another one. */
export function RunningTable({ items, asOf }: { items: readonly RunningComponentJson[]; asOf: string }) {
  return (
    <DataTable
      plain
      label="Versions that run, against what was deployed"
      rows={items}
      rowKey={({ component, datacenter }) => JSON.stringify([component, datacenter])}
      columns={[
        { head: "Component", cell: ({ component }) => component },
        {
          head: "Datacenter",
          cell: ({ datacenter }) => (datacenter === null ? "every datacenter" : <DatacenterLink name={datacenter} />),
        },
        {
          head: "Standing",
          word: true,
          cell: standingWord,
          tone: (item) => (isTrouble(item) ? "trouble" : undefined),
        },
        {
          head: "Deployed",
          cell: ({ declared }) =>
            declared === null ? (
              <span className={page.quiet}>not reported</span>
            ) : (
              <>
                {declared.version}, <Time at={declared.deployedAt} relativeTo={asOf} />
              </>
            ),
        },
        {
          head: "Instances on it",
          cell: ({ asDeployed, instances }) => `${formatCount(asDeployed)} of ${formatCount(instances)}`,
        },
        { head: "Others", cell: (item) => differingWords(item).join("; ") || <span className={page.quiet}>none</span> },
      ]}
    />
  );
}
