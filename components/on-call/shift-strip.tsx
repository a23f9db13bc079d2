"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { failureOf, queries } from "#components/api/queries.ts";
import page from "#components/ui/page.module.css";
import { Time } from "#components/ui/time.tsx";
import { useZoneChoice } from "#components/ui/time-zone.ts";
import type { OnCallScheduleJson, OnCallShiftJson } from "#domain/api/on-call.ts";
import styles from "./on-call.module.css";
import { midnightsIn, placeOf, shadeOf } from "./shift-words.ts";

interface ShiftStripProps {
  schedule: OnCallScheduleJson;
  /** The first day shown begins with it. */
  asOf: string;
  days: number;
}

const dayMs = 86_400_000;
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** Who is on call in the days ahead, drawn to scale; gaps stay gaps. */
export function ShiftStrip({ schedule, asOf, days }: ShiftStripProps) {
  const zone = useZoneChoice();
  // Whole hours, so that the same answer serves for a while.
  const from = Math.floor(Date.parse(asOf) / 3_600_000) * 3_600_000;
  const to = from + days * dayMs;
  const range = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  const query = useQuery({ ...queries.onCallShifts(schedule.name, range), placeholderData: keepPreviousData });
  const shifts = query.data?.items ?? [];
  const failure = failureOf(query);
  if (query.data === undefined)
    return (
      <div className={styles.strip} aria-busy={failure === null}>
        {failure !== null && <p className={page.quiet}>Couldn’t load the shifts. Retrying.</p>}
      </div>
    );
  return (
    <div className={styles.strip}>
      <ul className={styles.shifts} aria-label={`Shifts of ${schedule.name} in the next ${days} days`}>
        {shifts.map((shift) => (
          <StripShift key={shift.startsAt} shift={shift} schedule={schedule} span={[from, to]} asOf={asOf} />
        ))}
        {shifts.length === 0 && <li className={styles.gap}>No one is on call in these {days} days.</li>}
      </ul>
      <div className={styles.days} data-weeks={days > 14 || undefined} aria-hidden="true">
        {midnightsIn(from, to, zone).map((at) => {
          const day = new Date(at);
          const shown = zone === "utc" ? [day.getUTCDay(), day.getUTCDate()] : [day.getDay(), day.getDate()];
          return (
            <span
              key={at}
              data-monday={shown[0] === 1 || undefined}
              style={{ left: `${((at - from) / (to - from)) * 100}%` }}
            >
              {weekdays[shown[0] ?? 0]} {shown[1]}
            </span>
          );
        })}
      </div>
    </div>
  );
}

interface StripShiftProps {
  shift: OnCallShiftJson;
  schedule: OnCallScheduleJson;
  span: readonly [number, number];
  asOf: string;
}

function StripShift({ shift, schedule, span, asOf }: StripShiftProps) {
  const { person, layer, startsAt, endsAt } = shift;
  const { left, width } = placeOf(shift, span);
  return (
    <li
      className={styles.shift}
      data-shade={shadeOf(schedule, person)}
      data-override={layer === null || undefined}
      style={{ left: `${left}%`, width: `${width}%` }}
    >
      <span>{person}</span>
      <span className={page.said}>
        from <Time at={startsAt} relativeTo={asOf} /> to <Time at={endsAt} relativeTo={asOf} />
        {layer === null ? ", an override" : `, layer ${layer}`}
      </span>
    </li>
  );
}
