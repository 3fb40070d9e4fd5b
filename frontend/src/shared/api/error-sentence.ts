import { text } from "@/shared/text";
import { ApiError } from "./api-error";

/** What to tell a reader of an error: a fault while reading an answer has no words for readers. */
export function errorSentence(error: Error): string {
  return error instanceof ApiError ? error.message : text.error.notUnderstood;
}
