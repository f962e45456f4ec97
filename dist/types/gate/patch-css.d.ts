export declare function patchCss(view: any): void;
