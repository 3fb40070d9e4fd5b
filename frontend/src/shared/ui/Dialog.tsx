import { useLayoutEffect, useRef, type ReactNode } from "react";
import { text } from "@/shared/text";
import { IconButton } from "./IconButton";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** A sheet rises from the bottom of a narrow screen; everywhere else it is in the middle. */
  readonly isSheet?: boolean;
  readonly testId?: string;
  readonly children: ReactNode;
}

/** A modal dialog: Escape, the cross and a press beside it close it, and the focus returns. */
export function Dialog({ title, onClose, isSheet = false, testId, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Closed while it is still in the document: only then the browser gives the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  const place = isSheet ? "max-md:mb-0 max-md:w-full max-md:max-w-none max-md:rounded-b-none" : "";
  return (
    // The backdrop is the dialog itself; the keyboard closes it by Escape.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events
    <dialog
      ref={dialog}
      aria-label={title}
      data-testid={testId}
      onCancel={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
      className={`m-auto max-h-[90dvh] w-[min(560px,calc(100vw-16px))] rounded-card border border-line bg-surface p-0 text-text backdrop:bg-bg/70 ${place}`}
    >
      <div className="p-4">
        <header className="mb-2 flex items-center justify-between gap-4">
          <h2 className="text-heading font-semibold">{title}</h2>
          <IconButton label={text.dialog.close} onClick={onClose}>
            <path d="M4 4l8 8M12 4l-8 8" />
          </IconButton>
        </header>
        {children}
      </div>
    </dialog>
  );
}
