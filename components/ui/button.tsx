import type { ComponentProps } from "react";
import styles from "./button.module.css";

interface ButtonProps extends Omit<ComponentProps<"button">, "className"> {
  /** The main action, one of several, or a minor one. */
  look?: "main" | "plain" | "quiet";
}

export function Button({ look = "plain", ...rest }: ButtonProps) {
  return <button type="button" className={styles.button} data-look={look} {...rest} />;
}
