/** A request that did not end in data: what went wrong, in a sentence, and how to find it in the logs. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    message: string,
    /** The HTTP status; null when no answer came at all. */
    readonly status: number | null,
    readonly requestId: string | null,
  ) {
    super(message);
  }

  /** Whether asking again, unchanged, may well succeed. */
  get isTransient(): boolean {
    return this.status === null || this.status === 429 || this.status >= 500;
  }
}
