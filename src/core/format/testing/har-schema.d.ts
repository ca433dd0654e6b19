declare module 'har-schema' {
  /** JSON schemas (draft 6) of HAR 1.2, by name. */
  const schemas: Record<string, { $id: string }>;
  export default schemas;
}
