/** Recurring times, as in Alertmanager's time_intervals. null: no condition. All conditions must hold. */
export interface TimeInterval {
  /** Minutes of the day, `last` excluded: 24:00 is 1440. */
  readonly times: readonly TimeRange[] | null;
  /** 0 is Sunday. Both ends included, as below. */
  readonly weekdays: readonly TimeRange[] | null;
  /** 1 to 31, or −1 (the month's last) to −31. */
  readonly daysOfMonth: readonly TimeRange[] | null;
  /** 1 is January. */
  readonly months: readonly TimeRange[] | null;
  readonly years: readonly TimeRange[] | null;
  /** An IANA zone. */
  readonly location: string;
}

export interface TimeRange {
  readonly first: number;
  readonly last: number;
}

export interface NamedTimeInterval {
  readonly name: string;
  readonly intervals: readonly TimeInterval[];
}
