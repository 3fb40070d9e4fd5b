import { useEffect, type ReactNode } from "react";
import { announce } from "@/shared/announce/announce";
import { ApiError } from "@/shared/api/api-error";
import { errorSentence } from "@/shared/api/error-sentence";
import { text } from "@/shared/text";
import { Button } from "./Button";
import { Notice } from "./Notice";

interface ErrorNoticeProps {
  readonly title: string;
  readonly error: Error;
  readonly onRetry: () => void;
  /** Other ways on, beside trying again. */
  readonly children?: ReactNode;
}

/** What went wrong, the request to look for in the logs, and the way to try again. */
export function ErrorNotice({ title, error, onRetry, children }: ErrorNoticeProps) {
  useEffect(() => announce(title), [title]);
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <Notice title={title} detail={errorSentence(error)}>
      {requestId && <code className="text-axis text-muted">{text.error.requestId(requestId)}</code>}
      <div className="mt-3 flex gap-2">
        <Button onClick={onRetry}>{text.error.retry}</Button>
        {children}
      </div>
    </Notice>
  );
}
