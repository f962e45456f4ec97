/** Tells of an error; `code` names what failed where the error does not say. */
export type Report = (error: unknown, code: string) => void;
/** @param emit dispatches an event of that type on document */
export declare function reporter(emit: (type: string, detail: unknown) => void): Report;
