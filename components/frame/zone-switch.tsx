"use client";

import { SegmentedControl } from "@mantine/core";
import { chooseZone, useLocalZone, useZoneChoice, type ZoneChoice } from "#components/ui/time-zone.ts";

/** Which zone times are shown in. Hours keep their UTC names either way. */
export function ZoneSwitch() {
  const choice = useZoneChoice();
  const local = useLocalZone();
  return (
    <SegmentedControl
      size="xs"
      aria-label="Time zone"
      value={choice}
      onChange={(value) => chooseZone(value as ZoneChoice)}
      title={`UTC, or local: ${local}`}
      data={[
        { value: "utc", label: "UTC" },
        { value: "local", label: "local" },
      ]}
    />
  );
}
