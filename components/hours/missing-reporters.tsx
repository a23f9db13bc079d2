import { DatacenterLink } from "#components/ui/datacenter-link.tsx";
import { formatCount, formatShare } from "#components/ui/number-format.ts";
import { Section } from "#components/ui/section.tsx";
import type { VerdictJson } from "#domain/api/verdict.ts";
import styles from "./evidence-tables.module.css";

/** Usual reporters that have not reported, with their usual share of the datacenter's events. Empty if none is missing. */
export function MissingReporters({ verdict }: { verdict: VerdictJson }) {
  const found = verdict.reasons.filter(({ code }) => code === "reporters_missing");
  if (found.length === 0) return null;
  return (
    <Section id="reporters" title="Missing reporters">
      <div className={styles.scroll}>
        <table className={styles.table} aria-label="Missing reporters">
          <thead>
            <tr>
              <th scope="col">Datacenter</th>
              <th scope="col">Reporter</th>
              <th scope="col" className={styles.figure}>
                Usual share of produced
              </th>
            </tr>
          </thead>
          <tbody>
            {found.flatMap(({ datacenter = "", reporters = [] }) =>
              reporters.map(({ name, usualShare }) => (
                <tr key={`${datacenter} ${name}`}>
                  <th scope="row">
                    <DatacenterLink name={datacenter} />
                  </th>
                  <td>{name}</td>
                  <td className={styles.figure}>{usualShare === null ? "unknown" : formatShare(usualShare)}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
      {verdict.datacenters.map(({ name, reportersMissing = 0, reportersExpected = 0 }) =>
        reportersMissing > 0 ? (
          <p key={name} className={styles.note}>
            {name}: {formatCount(reportersMissing)} of {formatCount(reportersExpected)} expected reporters have not
            reported. Its produced count is unknown until they do.
          </p>
        ) : null,
      )}
    </Section>
  );
}
