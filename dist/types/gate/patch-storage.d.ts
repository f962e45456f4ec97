/** Once a snapshot is there: what was set before it and may not be is taken back and held. */
export declare function reviewCookies(): void;
export declare function patchStorage(view: any): void;
