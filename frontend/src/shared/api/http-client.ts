import axios, { AxiosError, type AxiosAdapter, type AxiosResponse } from "axios";
import { text } from "@/shared/text";
import { ApiError } from "./api-error";
import type { DataOf, Envelope, Failure, GetPath, QueryOf } from "./contract";

const TIMEOUT_MS = 15_000;

export interface HttpClient {
  /** The envelope's data. Throws ApiError for everything else. */
  get<Path extends GetPath>(
    path: Path,
    query: QueryOf<Path>,
    signal?: AbortSignal,
  ): Promise<DataOf<Path>>;
}

function isEnvelope(body: unknown): body is Envelope<unknown> {
  return typeof body === "object" && body !== null && "success" in body;
}

function isFailure(body: unknown): body is Failure {
  return isEnvelope(body) && !body.success && typeof body.error.message === "string";
}

function requestIdOf(response: AxiosResponse): string | null {
  const header: unknown = response.headers["x-request-id"];
  return typeof header === "string" ? header : null;
}

function refusal(response: AxiosResponse): ApiError {
  const body: unknown = response.data;
  if (!isFailure(body)) {
    return new ApiError(
      text.error.unreadable(response.status),
      response.status,
      requestIdOf(response),
    );
  }
  return new ApiError(
    body.error.message,
    response.status,
    body.error.requestId ?? requestIdOf(response),
  );
}

function asApiError(cause: unknown): unknown {
  if (!(cause instanceof AxiosError) || axios.isCancel(cause)) return cause;
  if (cause.response) return refusal(cause.response);
  const message =
    cause.code === AxiosError.ECONNABORTED ? text.error.timeout : text.error.unreachable;
  return new ApiError(message, null, null);
}

/** `adapter` is the transport, so that tests need no network. */
export function createHttpClient(adapter?: AxiosAdapter): HttpClient {
  const http = axios.create({ timeout: TIMEOUT_MS, ...(adapter && { adapter }) });
  return {
    async get<Path extends GetPath>(path: Path, query: QueryOf<Path>, signal?: AbortSignal) {
      const response = await http
        .get<unknown>(path, { params: query, ...(signal && { signal }) })
        .catch((cause: unknown) => {
          throw asApiError(cause);
        });
      const body = response.data;
      if (!isEnvelope(body) || !body.success) throw refusal(response);
      return body.data as DataOf<Path>;
    },
  };
}
