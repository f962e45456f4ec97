/** What the gate inside a worker is told. */
export interface WorkerSetup {
    snapshot: unknown;
    expecting: boolean;
    host: string;
    allow: string[];
    base: string;
    channel: string;
    module: boolean;
    /** Its own file, or a copy of its blob: the gate inside loads it. */
    url: string;
}
/** The code in a data: address; null when it is none. */
export declare function codeIn(address: string): string | null;
/** The address to start a worker from; its own where the gate cannot stand in front of it. */
export declare function workerAddress(address: string, setup: WorkerSetup): string;
