import { HourSkeleton } from "#components/hours/hour-skeleton.tsx";

export default function HourLoading() {
  return <HourSkeleton />;
}
