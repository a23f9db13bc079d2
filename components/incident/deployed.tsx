import Link from "next/link";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import type { SituationJson } from "#domain/api/situation.ts";
import styles from "./incident.module.css";

/** What was deployed at its place around the onset. Only the likely cause says that one of them has to do with it. */
export function Deployed({ situation, asOf }: { situation: SituationJson; asOf: string }) {
  const { deployed, cause, onset } = situation;
  return (
    <Section id="deployed" title="Deployed around the onset">
      {deployed.length === 0 ? (
        <p className={page.quiet}>
          Nothing was deployed there around <Time at={onset.at} relativeTo={asOf} />.{" "}
          <Link href="/deployments" prefetch={false}>
            All deployments
          </Link>
        </p>
      ) : (
        <ul className={styles.rows}>
          {deployed.map(({ id, component, version, datacenter, deployedAt, deployedBy }) => (
            <li key={id}>
              <span>
                <Time at={deployedAt} relativeTo={asOf} />{" "}
                <strong>
                  {component} {version}
                </strong>
              </span>
              <span className={page.quiet}>
                {[
                  datacenter ?? "everywhere",
                  deployedBy && `by ${deployedBy}`,
                  id === cause.deploymentId && "likely cause",
                ]
                  .filter(Boolean)
                  .join(", ")}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
