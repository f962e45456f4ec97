/** Tells workers of a new snapshot. */
export declare const tellWorkers: () => void;
/** Starts a worker behind its gate; where it cannot stand in front of it, as page code wanted. */
export declare function guardWorker(args: any[], make: (args: any[]) => any): any;
