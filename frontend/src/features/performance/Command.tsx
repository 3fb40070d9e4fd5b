/** A line for the terminal. */
export function Command({ children }: { readonly children: string }) {
  return (
    <code className="my-1 block w-fit max-w-full rounded-sm bg-raised px-2 py-1 text-left break-all">
      {children}
    </code>
  );
}
