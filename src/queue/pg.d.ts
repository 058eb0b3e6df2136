/** What is used of the package pg. */
declare module "pg" {
  export class Pool {
    constructor(options: object);
    query(text: string, values?: readonly unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
    on(event: "error", listener: (error: Error) => void): this;
    end(): Promise<void>;
  }
}
