import type { ComponentProps } from "react";
import styles from "./button.module.css";

interface ButtonProps extends Omit<ComponentProps<"button">, "className"> {
  /** The one thing to do, one of several, or an aside. */
  look?: "main" | "plain" | "quiet";
}

export function Button({ look = "plain", ...rest }: ButtonProps) {
  return <button type="button" className={styles.button} data-look={look} {...rest} />;
}
