"use client";

import { Slider } from "@mantine/core";
import { thresholdText } from "./rule-words.ts";
import styles from "./rules.module.css";
import { thresholdSteps } from "./threshold-steps.ts";

interface ThresholdSliderProps {
  metric: string;
  threshold: unknown;
  onChange: (threshold: string | number) => void;
}

/** Moves the threshold in steps that suit its metric, to see what each would have done. */
export function ThresholdSlider({ metric, threshold, onChange }: ThresholdSliderProps) {
  const steps = thresholdSteps(metric, threshold);
  if (steps === null) return null;
  return (
    <Slider
      className={styles.slider}
      size="sm"
      min={0}
      max={steps.length - 1}
      label={null}
      thumbLabel="Threshold"
      thumbValueText={thresholdText(metric, threshold)}
      value={steps.indexOf(threshold as string | number)}
      onChange={(at) => {
        const next = steps[at];
        if (next !== undefined && next !== threshold) onChange(next);
      }}
    />
  );
}
