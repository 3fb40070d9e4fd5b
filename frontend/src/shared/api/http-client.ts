import { text } from "@/shared/text";
import { ApiError } from "./api-error";
import type { BodyOf, DataOf, PathOf, Question } from "./contract";
import { filledPath } from "./filled-path";
import { bodyIn, dataIn, type Answer } from "./read-answer";
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

/** The browser's, or a test's that needs no network. */
export type Fetch = (address: string, request: RequestInit) => Promise<Response>;

function addressOf(path: string, { query = {}, path: parts = {} }: AnyQuestion): string {
  const asked = (Object.entries(query) as [string, unknown][])
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => [name, String(value)]);
  const search = new URLSearchParams(asked).toString();
  return filledPath(path, parts) + (search && `?${search}`);
}

function requestOf(method: "GET" | "POST", { posted, signal }: AnyQuestion): RequestInit {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  return {
    method,
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    ...(posted !== undefined && {
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(posted),
    }),
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

async function readAnswer(response: Response): Promise<Answer> {
  return {
    status: response.status,
    requestId: response.headers.get("x-request-id"),
    body: parsed(await response.text()),
  };
}

/** `fetch` fails where no answer came, and where whoever asked called the question off. */
function asApiError(cause: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return cause;
  const isLate = cause instanceof DOMException && cause.name === "TimeoutError";
  return new ApiError(isLate ? text.error.timeout : text.error.unreachable, null, null);
}

export function createHttpClient(fetch: Fetch): HttpClient {
  const ask = async (method: "GET" | "POST", path: string, question: AnyQuestion) => {
    try {
      return await readAnswer(await fetch(addressOf(path, question), requestOf(method, question)));
    } catch (cause) {
      throw asApiError(cause, question.signal);
    }
  };

  return {
    get: async (path, question) => dataIn(await ask("GET", path, question)) as never,
    getBare: async (path, question) => bodyIn(await ask("GET", path, question)) as never,
    post: async (path, question) => dataIn(await ask("POST", path, question)) as never,
    postBare: async (path, posted, signal) =>
      bodyIn(await ask("POST", path, { posted, signal })) as never,
  };
}
