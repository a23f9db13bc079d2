"use client";

import { useId } from "react";
import { thresholdText } from "./rule-words.ts";
import styles from "./rules.module.css";
import { thresholdSteps } from "./threshold-steps.ts";

interface ThresholdSliderProps {
  metric: string;
  threshold: unknown;
  onChange: (threshold: string | number) => void;
}

/** Moves the document's threshold in steps that suit its metric. */
export function ThresholdSlider({ metric, threshold, onChange }: ThresholdSliderProps) {
  const id = useId();
  const steps = thresholdSteps(metric, threshold);
  if (steps === null) return null;
  const said = thresholdText(metric, threshold);
  return (
    <div className={styles.threshold}>
      <label htmlFor={id}>Threshold: {said}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={steps.length - 1}
        step={1}
        value={steps.indexOf(threshold as string | number)}
        aria-valuetext={said}
        onChange={({ target }) => {
          const next = steps[target.valueAsNumber];
          if (next !== undefined) onChange(next);
        }}
      />
    </div>
  );
}
