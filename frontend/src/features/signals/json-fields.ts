/** Stored JSON, whose shape an older or a newer platform may have written. */
export type Fields = Readonly<Record<string, unknown>>;

/** No fields at all for what is no object. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
