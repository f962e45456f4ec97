export declare const watchPerson: () => void;
export declare function patchWays(view: any): void;
/** Whether a window may not be opened now. */
export declare const stopsOpening: (view: any, args: any[], run: () => void) => boolean;
