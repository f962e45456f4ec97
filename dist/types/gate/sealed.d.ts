export declare function startSealed(): void;
/** @returns whether the page is on its way to being loaded anew, under wider rules */
export declare function sealAgain(): boolean;
