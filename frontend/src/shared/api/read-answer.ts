import { text } from "@/shared/text";
import { ApiError } from "./api-error";
import type { Envelope, Failure } from "./contract";

/** What came back, whoever sent it. */
export interface Answer {
  readonly status: number;
  readonly requestId: string | null;
  /** What its JSON says, or its text where it is none. */
  readonly body: unknown;
}

function isEnvelope(body: unknown): body is Envelope<unknown> {
  return typeof body === "object" && body !== null && "success" in body;
}

function isFailure(body: unknown): body is Failure {
  if (!isEnvelope(body) || body.success) return false;
  const { error } = body as { readonly error?: Partial<Failure["error"]> | null };
  return typeof error?.message === "string";
}

/** Where there is no envelope, an error is `{detail}`. */
function isDetail(body: unknown): body is { readonly detail: string } {
  return typeof (body as { detail?: unknown } | null)?.detail === "string";
}

function refusal({ status, requestId, body }: Answer): ApiError {
  if (isFailure(body)) {
    return new ApiError(body.error.message, status, body.error.requestId ?? requestId);
  }
  const message = isDetail(body) ? body.detail : text.error.unreadable(status);
  return new ApiError(message, status, requestId);
}

function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

/** The data in the envelope; throws ApiError where there is none. */
export function dataIn(answer: Answer): unknown {
  const { body } = answer;
  if (!isSuccess(answer) || !isEnvelope(body) || !body.success) throw refusal(answer);
  return body.data;
}

/** A whole body without an envelope; throws ApiError where it is none. */
export function bodyIn(answer: Answer): unknown {
  const { body } = answer;
  if (!isSuccess(answer) || typeof body !== "object" || body === null) throw refusal(answer);
  return body;
}
