"use client";

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
      {choices.map((choice) => (
        <label key={choice}>
          <input
            type="radio"
            name="time-zone"
            value={choice}
            checked={choice === chosen}
            onChange={() => chooseZone(choice)}
          />
          <span>{choice === "utc" ? "UTC" : "local"}</span>
        </label>
      ))}
    </fieldset>
  );
}
