declare const config: {
  headers(): Promise<{ source: string; headers: { key: string; value: string }[] }[]>;
};
export default config;
