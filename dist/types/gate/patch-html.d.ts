export declare const isReplayed: (script: Element) => boolean;
/** Catches what a script is going to write. */
export declare function replay(script: Element): void;
/** Puts what a released script wrote into the page, after the script: the parser it wrote for has gone. */
export declare function flushWrites(script: Element): void;
export declare function patchHtml(view: any): void;
