export declare function patchDom(view: any): void;
