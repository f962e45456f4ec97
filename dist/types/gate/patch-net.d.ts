export declare function patchNet(view: any): void;
