"use client";

import { ActionIcon, Button } from "@mantine/core";
import { IconZoomIn, IconZoomOut } from "@tabler/icons-react";
import styles from "./matrix.module.css";

const spans = [
  { hours: 24, name: "Day" },
  { hours: 72, name: "3 days" },
  { hours: 168, name: "Week" },
  { hours: 744, name: "Month" },
] as const;

interface ZoomButtonsProps {
  span: number | null;
  /** The total available. */
  hours: number;
  onZoom: (factor: number) => void;
  onSpan: (span: number | null) => void;
}

export function ZoomButtons({ span, hours, onZoom, onSpan }: ZoomButtonsProps) {
  return (
    <fieldset className={styles.zoom} aria-label="Zoom">
      <ActionIcon
        variant="default"
        size={26}
        onClick={() => onZoom(1 / 2)}
        disabled={span === null}
        aria-label="Zoom out"
      >
        <IconZoomOut size={16} stroke={1.75} aria-hidden="true" />
      </ActionIcon>
      {spans
        .filter((each) => each.hours < hours)
        .map((each) => (
          <Button
            key={each.hours}
            size="compact-sm"
            aria-pressed={span === each.hours}
            onClick={() => onSpan(each.hours)}
          >
            {each.name}
          </Button>
        ))}
      <Button size="compact-sm" aria-pressed={span === null} onClick={() => onSpan(null)}>
        All
      </Button>
      <ActionIcon variant="default" size={26} onClick={() => onZoom(2)} aria-label="Zoom in">
        <IconZoomIn size={16} stroke={1.75} aria-hidden="true" />
      </ActionIcon>
    </fieldset>
  );
}
