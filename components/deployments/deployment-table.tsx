import { DataTable } from "#components/ui/data-table.tsx";
import page from "#components/ui/page.module.css";
import { Time } from "#components/ui/time.tsx";
import type { DeploymentEffectJson, EffectJson } from "#domain/api/deployment-effect.ts";
import { DeploymentLine } from "./deployment-line.tsx";
import { effectWords, formatDelay, formatLoss } from "./effect-words.ts";

/** Deployments, newest first, each with the change from the day before it to the day after. */
export function DeploymentTable({ items, asOf }: { items: readonly DeploymentEffectJson[]; asOf: string }) {
  return (
    <DataTable
      label="Deployments, newest first"
      rows={items}
      rowKey={({ deployment }) => String(deployment.id)}
      rowId={({ deployment }) => `deployment-${deployment.id}`}
      columns={[
        {
          head: "Deployment",
          cell: (item) => (
            <>
              <DeploymentLine deployment={item.deployment} asOf={asOf} />
              <Aside item={item} asOf={asOf} />
            </>
          ),
        },
        {
          head: "Closing delay",
          cell: ({ closingDelay }) => effectWords(closingDelay, formatDelay),
          tone: ({ closingDelay }) => toneOf(closingDelay),
        },
        {
          head: "Loss",
          cell: ({ lostShare }) => effectWords(lostShare, formatLoss),
          tone: ({ lostShare }) => toneOf(lostShare),
        },
      ]}
    />
  );
}

function toneOf({ verdict }: EffectJson) {
  if (verdict === "worse") return "trouble";
  return verdict === "better" ? undefined : "quiet";
}

/** Other possible causes of the difference. */
function Aside({ item: { replacedAt, alongside }, asOf }: { item: DeploymentEffectJson; asOf: string }) {
  if (replacedAt === null && alongside.length === 0) return null;
  return (
    <div className={page.quiet}>
      {replacedAt !== null && (
        <>
          replaced <Time at={replacedAt} relativeTo={asOf} />
          {alongside.length > 0 && "; "}
        </>
      )}
      {alongside.length > 0 &&
        `within a day of ${alongside.map(({ component, version }) => `${component} ${version}`).join(", ")}`}
    </div>
  );
}
