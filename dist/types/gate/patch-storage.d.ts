/** Once a snapshot is there: what was stored before it and may not be is taken back and held. */
export declare function reviewStored(): void;
export declare function patchStorage(view: any): void;
