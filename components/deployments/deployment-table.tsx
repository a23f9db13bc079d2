import page from "#components/ui/page.module.css";
import table from "#components/ui/table.module.css";
import { Time } from "#components/ui/time.tsx";
import type { DeploymentEffectJson, EffectJson } from "#domain/api/deployment-effect.ts";
import { DeploymentLine } from "./deployment-line.tsx";
import { effectWords, formatDelay, formatLoss } from "./effect-words.ts";

/** Deployments, newest first, each with the change from the day before it to the day after. */
export function DeploymentTable({ items, asOf }: { items: readonly DeploymentEffectJson[]; asOf: string }) {
  return (
    <table className={table.table} aria-label="Deployments, newest first">
      <thead>
        <tr>
          <th scope="col">Deployment</th>
          <th scope="col">Closing delay</th>
          <th scope="col">Loss</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.deployment.id} id={`deployment-${item.deployment.id}`}>
            <th scope="row">
              <DeploymentLine deployment={item.deployment} asOf={asOf} />
              <Aside item={item} asOf={asOf} />
            </th>
            <td data-label="Closing delay">
              <EffectText effect={item.closingDelay} format={formatDelay} />
            </td>
            <td data-label="Loss">
              <EffectText effect={item.lostShare} format={formatLoss} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function EffectText({ effect, format }: { effect: EffectJson; format: (value: number) => string }) {
  const isChange = effect.verdict === "worse" || effect.verdict === "better";
  return (
    <span className={isChange ? undefined : page.quiet} data-alarming={effect.verdict === "worse" ? "" : undefined}>
      {effectWords(effect, format)}
    </span>
  );
}

/** Other possible causes of the difference. */
function Aside({ item: { replacedAt, alongside }, asOf }: { item: DeploymentEffectJson; asOf: string }) {
  if (replacedAt === null && alongside.length === 0) return null;
  return (
    <div className={page.quiet} style={{ fontWeight: 400 }}>
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
