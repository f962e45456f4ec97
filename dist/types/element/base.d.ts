export declare const Base: typeof HTMLElement;
