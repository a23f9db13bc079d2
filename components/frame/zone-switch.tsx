"use client";

import { Button } from "@mantine/core";
import { chooseZone, localZone, useZoneChoice, type ZoneChoice } from "#components/ui/time-zone.ts";
import styles from "./frame.module.css";

const choices: readonly ZoneChoice[] = ["utc", "local"];

/** The zone that times are shown in. Hours keep their UTC names either way. */
export function ZoneSwitch() {
  const chosen = useZoneChoice();
  return (
    <fieldset
      className={styles.zone}
      aria-label="Time zone"
      onPointerEnter={(event) => {
        event.currentTarget.title = `UTC, or local: ${localZone()}`;
      }}
    >
      <Button.Group>
        {choices.map((choice) => (
          <Button key={choice} size="compact-xs" aria-pressed={choice === chosen} onClick={() => chooseZone(choice)}>
            {choice === "utc" ? "UTC" : "local"}
          </Button>
        ))}
      </Button.Group>
    </fieldset>
  );
}
