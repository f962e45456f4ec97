type Free = (self: any, ...args: any[]) => any;
export declare const apply: typeof Reflect.apply, construct: typeof Reflect.construct, defineProperty: typeof Reflect.defineProperty, describe: typeof Reflect.getOwnPropertyDescriptor, getPrototypeOf: typeof Reflect.getPrototypeOf, setPrototypeOf: typeof Reflect.setPrototypeOf, ownKeys: typeof Reflect.ownKeys;
/** A method as a function that takes `this` as its first argument. */
export declare const free: (method: unknown) => Free;
/** The same object without a prototype. */
export declare const bare: <T extends object>(value: T) => T;
/** The object along the prototypes that has a member itself. */
export declare function holder(owner: any, name: string): any;
/** Members of an object as free functions: methods and getters by name, setters by "=name". */
export declare const grab: (owner: any, names: string) => Free[];
export type Ten = [Free, Free, Free, Free, Free, Free, Free, Free, Free, Free];
export declare const slice: Free, startsWith: Free, lower: Free;
export declare const exec: Free;
export declare const hasOwn: Free;
export declare const mapGet: Free, mapSet: Free, mapDelete: Free, mapClear: Free, mapEach: Free;
export declare const weakGet: Free, weakSet: Free;
/** Handlers must return nothing: page code can reach the promise that comes of them, not what they are given. */
export declare const then: Free;
export declare const urlHref: Free;
/** Does something with each word of a text. */
export declare const words: (text: string, work: (word: string) => void) => void;
export declare const unshift: (...items: any[]) => number;
export declare const parse: (text: string, reviver?: (this: any, key: string, value: any) => any) => any, stringify: {
    (value: any, replacer?: (this: any, key: string, value: any) => any, space?: string | number): string;
    (value: any, replacer?: (number | string)[] | null, space?: string | number): string;
};
export declare const charOf: (...codePoints: number[]) => string;
export declare const keysOf: {
    (o: object): string[];
    (o: {}): string[];
};
export declare const decodeUri: typeof decodeURIComponent;
export declare const now: () => number;
export declare const Url: {
    new (url: string | URL, base?: string | URL): URL;
    prototype: URL;
    canParse(url: string | URL, base?: string | URL): boolean;
    createObjectURL(obj: Blob | MediaSource): string;
    parse(url: string | URL, base?: string | URL): URL | null;
    revokeObjectURL(url: string): void;
};
export declare const later: typeof queueMicrotask;
export {};
