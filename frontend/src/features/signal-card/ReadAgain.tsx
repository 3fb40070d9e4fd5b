import { ApiError } from "@/shared/api/api-error";
import { errorSentence } from "@/shared/api/error-sentence";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";

interface ReadAgainProps {
  readonly sentence: string;
  readonly error: Error;
  readonly onRetry: () => void;
}

/** A part of the card that could not be read; the rest of it stands. */
export function ReadAgain({ sentence, error, onRetry }: ReadAgainProps) {
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <div className="flex flex-col items-start gap-2 text-muted">
      <p>
        {sentence} {errorSentence(error)}
      </p>
      {requestId && <code className="text-axis">{text.error.requestId(requestId)}</code>}
      <Button onClick={onRetry}>{text.error.retry}</Button>
    </div>
  );
}
