/** Whether keys go into a field, where they write. */
export function isInField(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest("input, textarea, select, [contenteditable]") !== null
  );
}

/** Whether a dialog is open, behind which nothing can be reached. */
export function isBehindDialog(): boolean {
  return document.querySelector("dialog:modal") !== null;
}
