"use client";

import { TagsInput, type TagsInputProps } from "@mantine/core";
import "./mantine.css";

interface NamesInputProps extends Omit<TagsInputProps, "data" | "limit" | "value"> {
  value: readonly string[];
  known: readonly string[];
}

/** Names, chosen from those that exist or typed. */
export function NamesInput({ value, known, placeholder, ...rest }: NamesInputProps) {
  return (
    <TagsInput
      {...rest}
      data={[...known]}
      limit={50}
      value={[...value]}
      {...(value.length === 0 && placeholder !== undefined && { placeholder })}
      clearable={false}
      acceptValueOnBlur
    />
  );
}
