import axios, { AxiosError, type AxiosAdapter, type AxiosResponse, type Method } from "axios";
import { text } from "@/shared/text";
import { ApiError } from "./api-error";
import type { BodyOf, DataOf, Envelope, Failure, PathOf, Question } from "./contract";
import { filledPath } from "./filled-path";
import type { paths } from "./schema";

const TIMEOUT_MS = 15_000;

/** What a path is posted. */
type PostedTo<P extends PathOf<"post">> = paths[P]["post"] extends {
  readonly requestBody: { readonly content: { readonly "application/json": infer Posted } };
}
  ? Posted
  : never;

/** Every method rejects with ApiError where the answer is not what was asked for. */
export interface HttpClient {
  /** The envelope's data. */
  get<P extends PathOf<"get">>(path: P, question: Question<P>): Promise<DataOf<P>>;
  /** The whole body, of paths without an envelope. */
  getBare<P extends PathOf<"get">>(path: P, question: Question<P>): Promise<BodyOf<P>>;
  /** The envelope's data. */
  post<P extends PathOf<"post">>(
    path: P,
    question: Question<P, "post">,
  ): Promise<DataOf<P, "post">>;
  /** Posts a body; answers the whole body, of paths without an envelope. */
  postBare<P extends PathOf<"post">>(
    path: P,
    posted: PostedTo<P>,
    signal?: AbortSignal,
  ): Promise<BodyOf<P, "post">>;
}

interface AnyQuestion {
  readonly query?: object;
  readonly path?: object;
  readonly posted?: unknown;
  readonly signal?: AbortSignal | undefined;
}

function isEnvelope(body: unknown): body is Envelope<unknown> {
  return typeof body === "object" && body !== null && "success" in body;
}

function isFailure(body: unknown): body is Failure {
  return isEnvelope(body) && !body.success && typeof body.error.message === "string";
}

/** Where there is no envelope, an error is `{detail}`. */
function isDetail(body: unknown): body is { readonly detail: string } {
  return typeof (body as { detail?: unknown } | null)?.detail === "string";
}

function requestIdOf(response: AxiosResponse): string | null {
  const header: unknown = response.headers["x-request-id"];
  return typeof header === "string" ? header : null;
}

function refusal(response: AxiosResponse): ApiError {
  const body: unknown = response.data;
  const { status } = response;
  const requestId = requestIdOf(response);
  if (isFailure(body)) {
    return new ApiError(body.error.message, status, body.error.requestId ?? requestId);
  }
  const message = isDetail(body) ? body.detail : text.error.unreadable(status);
  return new ApiError(message, status, requestId);
}

function asApiError(cause: unknown): unknown {
  if (!(cause instanceof AxiosError) || axios.isCancel(cause)) return cause;
  if (cause.response) return refusal(cause.response);
  const message =
    cause.code === AxiosError.ECONNABORTED ? text.error.timeout : text.error.unreachable;
  return new ApiError(message, null, null);
}

function dataIn(response: AxiosResponse<unknown>): unknown {
  const body = response.data;
  if (!isEnvelope(body) || !body.success) throw refusal(response);
  return body.data;
}

function bodyIn(response: AxiosResponse<unknown>): unknown {
  if (typeof response.data !== "object" || response.data === null) throw refusal(response);
  return response.data;
}

/** `adapter` is the transport, so that tests need no network. */
export function createHttpClient(adapter?: AxiosAdapter): HttpClient {
  const http = axios.create({ timeout: TIMEOUT_MS, ...(adapter && { adapter }) });

  const ask = (method: Method, path: string, { query, path: parts, posted, signal }: AnyQuestion) =>
    http
      .request<unknown>({
        method,
        url: filledPath(path, parts ?? {}),
        params: query,
        ...(posted !== undefined && { data: posted }),
        ...(signal && { signal }),
      })
      .catch((cause: unknown) => {
        throw asApiError(cause);
      });

  return {
    get: async (path, question) => dataIn(await ask("get", path, question)) as never,
    getBare: async (path, question) => bodyIn(await ask("get", path, question)) as never,
    post: async (path, question) => dataIn(await ask("post", path, question)) as never,
    postBare: async (path, posted, signal) =>
      bodyIn(await ask("post", path, { posted, signal })) as never,
  };
}
