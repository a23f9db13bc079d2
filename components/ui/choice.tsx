"use client";

import { type ComboboxItem, Select, type SelectProps } from "@mantine/core";
import { useUncontrolled } from "@mantine/hooks";
import "./choice.css";
import { useTypeAhead } from "./use-type-ahead.ts";

interface ChoiceProps<Value extends string>
  extends Omit<SelectProps<Value>, "data" | "value" | "defaultValue" | "onChange"> {
  data: readonly (Value | ComboboxItem<Value>)[];
  value?: Value;
  defaultValue?: Value;
  onChange?: (value: Value) => void;
}

/** One of a few. There is always a choice: an empty value is one too. Its first letters choose, as in the browser's own. */
export function Choice<Value extends string>({ data, value, defaultValue, onChange, ...rest }: ChoiceProps<Value>) {
  const [chosen, choose] = useUncontrolled<Value>({
    ...(value !== undefined && { value }),
    ...(defaultValue !== undefined && { defaultValue }),
    ...(onChange && { onChange }),
  });
  const options = data.map((option) => (typeof option === "string" ? { value: option, label: option } : option));
  const onKeyDown = useTypeAhead(options, chosen, choose);
  return (
    <Select<Value>
      allowDeselect={false}
      {...(!rest.searchable && { onKeyDown })}
      {...rest}
      data={options}
      value={chosen}
      onChange={(next) => {
        if (next !== null) choose(next);
      }}
    />
  );
}
