import { text } from "@/shared/text";
import { ApiError } from "./api-error";
import type { DataOf } from "./contract";
import type { HttpClient } from "./http-client";

export type PlatformStatus = DataOf<"/api/status">;

export interface StatusApi {
  /** How each part of the platform is; whatever is away is told in it, so it answers all the same. */
  platform(signal?: AbortSignal): Promise<PlatformStatus>;
}

export function createStatusApi(http: HttpClient): StatusApi {
  return { platform: async (signal) => understood(await http.get("/api/status", { signal })) };
}

/** Every page's frame reads the models: without them it would take every page down with it. */
function understood(status: Partial<PlatformStatus> | null): PlatformStatus {
  if (Array.isArray(status?.models)) return status as PlatformStatus;
  throw new ApiError(text.error.notUnderstood, 200, null);
}
